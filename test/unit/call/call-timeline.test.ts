import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallRecord } from '../../../src/wire/call-record.js';
import { CallTimeline } from '../../../src/call/call-timeline.js';
import { json } from '../api/fake-api.js';
import { failedRecord, setUpCall, settle } from './call-under-test.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the trace of a call', () => {
  it('tells what happened, when, and what was measured', async () => {
    const { session, transport, converse } = setUpCall();
    await converse();
    transport.emit({ type: 'agent-state', agentState: 'speaking' });
    transport.emit({ type: 'reconnecting' });
    transport.emit({ type: 'reconnected' });
    await session.setMuted(true);
    await session.end();
    const { trace } = session;
    expect(trace?.timeline.map(({ event, detail }) => (detail ? `${event} ${detail}` : event))).toEqual([
      'start',
      'microphone-granted',
      'connect-answered',
      'link-up',
      'agent-joined',
      'agent-heard',
      'caller-heard',
      'agent-state speaking',
      'reconnecting',
      'reconnected',
      'muted on',
      'end',
      'ended',
    ]);
    expect(trace).toMatchObject({
      callId: 'call_1',
      transport: 'livekit',
      endedBy: 'visitor',
      failure: null,
      audio: { agentEnergy: 1, callerEnergy: 1 },
      peaks: { agent: 1, caller: 1 },
    });
    const times = trace?.timeline.map(({ atMs }) => atMs) ?? [];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeGreaterThanOrEqual(5_000);
  });

  it.each([
    ['a word that no table knows', 'brand_new_reason', 'brand_new_reason'],
    ['an object', { code: 7 }, '{"code":7}'],
    ['a number', 500, '500'],
    ['nothing', null, null],
    ['a phone number', 'busy: +49 170 1234567', 'busy: …'],
    ['a novel', 'x'.repeat(10_000), 'x'.repeat(200)],
  ])('keeps the reason of the record as it was sent: %s', async (_what, sent, kept) => {
    const { session, transport, startAndConnect } = setUpCall({ record: failedRecord(sent) });
    await startAndConnect();
    transport.emit({ type: 'agent-joined' });
    await vi.advanceTimersByTimeAsync(5_000);
    transport.emit({ type: 'disconnected', end: 'remote', detail: '' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(session.trace?.record).toEqual({ status: 'failed', failureReason: kept });
    expect(session.trace?.failure).not.toBeNull();
  });

  it('is that of the last call, and null before the first', async () => {
    const { session, start } = setUpCall({ connect: json({}) });
    expect(session.trace).toBeNull();
    start();
    await settle();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(session.trace).toMatchObject({ callId: null, failure: { reason: 'invalid-response' } });
  });
});

describe('a diary', () => {
  it('is bounded', () => {
    const diary = new CallTimeline(() => 0);
    for (let entry = 0; entry < 1_000; entry++) diary.note('reconnecting');
    expect(diary.entries).toHaveLength(200);
  });

  it('cuts a status as it cuts a reason', () => {
    const diary = new CallTimeline(() => 0);
    diary.noteRecord({ status: 's'.repeat(999), failureReason: null } as CallRecord);
    expect(diary.record?.status).toHaveLength(200);
  });
});
