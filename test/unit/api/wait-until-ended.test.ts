import { describe, expect, it, vi } from 'vitest';
import type { CallRecord } from '../../../src/wire/call-record.js';
import type { WaitOptions } from '../../../src/api/widget-client.js';
import { clientOf, fakeApi, json, status, type Answer } from './fake-api.js';

const running = json({ callId: 'call_1', status: 'in_progress' });
const ended = json({ callId: 'call_1', status: 'completed' });

/** Waits on a clock that only the pauses move. */
function waitOn(answers: Answer[], options: WaitOptions = {}) {
  const api = fakeApi(...answers);
  const wait: typeof api.wait = async (ms, signal) => {
    await api.wait(ms, signal);
    nowMs += ms;
  };
  let nowMs = 1_000_000;
  const client = clientOf(api, { wait, now: () => nowMs });
  return { api, outcome: client.waitUntilEnded('call_1', options) };
}

describe('waiting for the end of a call', () => {
  it.each(['completed', 'failed', 'cancelled', 'no_answer', 'busy'])(
    'ends with the status %s',
    async (word) => {
      const { api, outcome } = waitOn([json({ status: word })]);
      await expect(outcome).resolves.toMatchObject({ status: word });
      expect(api.requests).toHaveLength(1);
      expect(api.waits).toEqual([]);
    },
  );

  it('looks again in pauses that double up to a limit', async () => {
    const { api, outcome } = waitOn([...Array<Answer>(6).fill(running), ended]);
    await expect(outcome).resolves.toMatchObject({ status: 'completed' });
    expect(api.waits).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
  });

  it('looks in the pauses it was told', async () => {
    const { api, outcome } = waitOn([running, running, running, ended], {
      intervalMs: 100,
      maxIntervalMs: 250,
    });
    await outcome;
    expect(api.waits).toEqual([100, 200, 250]);
  });

  it('tells of every record it reads', async () => {
    const onRecord = vi.fn<(record: CallRecord) => void>();
    await waitOn([json({ status: 'ringing' }), running, ended], { onRecord }).outcome;
    expect(onRecord.mock.calls.map(([record]) => record.status)).toEqual([
      'ringing',
      'in_progress',
      'completed',
    ]);
  });

  it('gives up when its time is over, without a pause that would pass it', async () => {
    const { api, outcome } = waitOn([running], { timeoutMs: 3_500 });
    await expect(outcome).rejects.toMatchObject({ name: 'ApiError', code: 'timeout' });
    expect(api.waits).toEqual([500, 1000, 2000]);
  });

  it('goes on for as long as it takes when it has no time limit', async () => {
    const { api, outcome } = waitOn([...Array<Answer>(400).fill(running), ended]);
    await expect(outcome).resolves.toMatchObject({ status: 'completed' });
    expect(api.requests).toHaveLength(401);
  });

  it('is an error for a call that is not known', async () => {
    const { api, outcome } = waitOn([status(404), ended]);
    await expect(outcome).rejects.toMatchObject({ code: 'not-found' });
    expect(api.requests).toHaveLength(1);
  });

  it('goes on over a record that is not written yet, when told so', async () => {
    const onRecord = vi.fn<(record: CallRecord) => void>();
    const { api, outcome } = waitOn([status(404), status(404), ended], { mayBeMissing: true, onRecord });
    await expect(outcome).resolves.toMatchObject({ status: 'completed' });
    expect(api.waits).toEqual([500, 1000]);
    expect(onRecord).toHaveBeenCalledOnce();
  });

  it.each([
    ['a refused key', status(401), 'unauthorized'],
    ['a server that stays broken', status(500), 'server-error'],
    ['an unreadable record', json({}), 'invalid-response'],
  ])('ends with the error of %s', async (_what, answer, code) => {
    await expect(waitOn([answer], { mayBeMissing: true }).outcome).rejects.toMatchObject({ code });
  });

  it('is cancelled during a look', async () => {
    const controller = new AbortController();
    const { outcome } = waitOn(
      [
        (request) => {
          controller.abort();
          return running(request);
        },
      ],
      { signal: controller.signal },
    );
    await expect(outcome).rejects.toMatchObject({ code: 'aborted' });
  });

  it('is cancelled during a pause', async () => {
    const controller = new AbortController();
    const { api, outcome } = waitOn([running], {
      signal: controller.signal,
      onRecord: () => controller.abort(),
    });
    await expect(outcome).rejects.toMatchObject({ code: 'aborted' });
    expect(api.requests).toHaveLength(1);
  });
});
