import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LinkEnd } from '../../../src/voice/transport.js';
import { json, networkError, status, type Answer } from '../api/fake-api.js';
import {
  completed,
  failedRecord,
  offer,
  setUpCall,
  settle,
  type CallSetup,
  type CallUnderTest,
} from './call-under-test.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const HEARD = {
  both: { agent: true, caller: true },
  'the agent': { agent: true, caller: false },
  'the caller': { agent: false, caller: true },
  nobody: { agent: false, caller: false },
};

const running = json({ callId: 'call_1', status: 'in_progress' });

const RECORDS = {
  completed,
  'not there': status(404),
  forbidden: status(403),
  'out of reach': networkError,
  unreadable: json({}),
  stale_sweep: failedRecord('stale_sweep'),
  idle_timeout: failedRecord('idle_timeout'),
  no_audio_output: failedRecord('no_audio_output'),
  unknown: failedRecord('unknown'),
  'without a reason': failedRecord(null),
  'a new word': failedRecord('new_word'),
  'no word at all': failedRecord({ x: 1 }),
};

/** A live call of ten seconds in which the agent was there and these sides were heard. */
async function liveCall(heard: keyof typeof HEARD, setup: CallSetup = {}): Promise<CallUnderTest> {
  const call = setUpCall(setup);
  await call.startAndConnect();
  call.transport.emit({ type: 'agent-joined' });
  call.transport.hear(HEARD[heard]);
  await vi.advanceTimersByTimeAsync(10_000);
  return call;
}

function breakLink({ transport }: CallUnderTest, end: LinkEnd): void {
  transport.emit({ type: 'disconnected', end, detail: 'test' });
}

/** The record says this from `ms` after the start on; until then that the call is running. */
function recordFrom(ms: number, answer: Answer): Answer {
  const startedAt = Date.now();
  return (request) => (Date.now() - startedAt < ms ? running : answer)(request);
}

describe('a visitor who only typed', () => {
  it.each([
    ['the agent', 'not there', null],
    ['the agent', 'unknown', 'unknown'],
    ['nobody', 'not there', 'agent-silent'],
  ] as const)('heard: %s, record: %s → %s: their silence is no fault', async (heard, record, reason) => {
    const call = await liveCall(heard, { record: RECORDS[record] });
    await call.session.sendText('What are your opening hours?');
    breakLink(call, 'remote');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(call.told.ends.at(-1)?.failure?.reason ?? null).toBe(reason);
  });
});

describe('the failure of a call that ended', () => {
  it.each([
    ['remote', 'both', 'completed', null, null],
    ['remote', 'both', 'not there', null, null],
    ['remote', 'both', 'unreadable', null, null],
    ['remote', 'both', 'stale_sweep', 'stale_sweep', 'server'],
    ['remote', 'both', 'unknown', 'unknown', 'server'],
    ['remote', 'both', 'without a reason', 'unknown', 'server'],
    ['remote', 'the agent', 'completed', null, null],
    ['remote', 'the agent', 'idle_timeout', 'idle_timeout', 'server'],
    ['remote', 'the agent', 'unknown', 'caller-silent', 'device'],
    ['remote', 'the caller', 'completed', 'agent-silent', 'device'],
    ['remote', 'the caller', 'no_audio_output', 'no_audio_output', 'server'],
    ['remote', 'the caller', 'unknown', 'agent-silent', 'device'],
    ['remote', 'the caller', 'a new word', 'agent-silent', 'device'],
    ['remote', 'the caller', 'no word at all', 'agent-silent', 'device'],
    ['remote', 'the caller', 'not there', 'agent-silent', 'device'],
    ['remote', 'the caller', 'forbidden', 'agent-silent', 'device'],
    ['remote', 'the caller', 'out of reach', 'agent-silent', 'device'],
    ['remote', 'nobody', 'completed', 'no_audio_either_direction', 'device'],
    ['remote', 'nobody', 'not there', 'no_audio_either_direction', 'device'],
    ['lost', 'both', 'completed', 'connection-lost', 'device'],
    ['lost', 'both', 'not there', 'connection-lost', 'device'],
    ['lost', 'both', 'stale_sweep', 'stale_sweep', 'server'],
    ['lost', 'nobody', 'completed', 'connection-lost', 'device'],
    ['replaced', 'both', 'completed', 'call-in-another-tab', 'device'],
  ] as const)('link: %s, heard: %s, record: %s → %s (%s)', async (end, heard, record, reason, source) => {
    const call = await liveCall(heard, { record: RECORDS[record] });
    breakLink(call, end);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(call.told.ends).toMatchObject([{ callId: 'call_1', durationSeconds: 10 }]);
    const failure = call.told.ends[0]?.failure;
    expect(failure?.reason ?? null).toBe(reason);
    expect(failure?.source ?? null).toBe(source);
    expect(call.told.failures).toEqual(failure ? [failure] : []);
    expect(call.session.status).toMatchObject({ callState: failure ? 'failed' : 'ended', failure });
    expect(call.tracks[0]?.stopped).toBe(true);
    call.session.dispose();
  });

  it('has the words of the site', async () => {
    const words = {
      title: 'Oh',
      cause: 'Why',
      whatToTry: 'What',
      likelyBlame: 'platform',
      retryable: true,
    } as const;
    const describeFailure = vi.fn(async () => words);
    const call = await liveCall('the caller', { describeFailure, record: failedRecord('no_audio_output') });
    breakLink(call, 'remote');
    await settle();
    expect(describeFailure).toHaveBeenCalledExactlyOnceWith('no_audio_output');
    expect(call.told.failures).toEqual([{ ...words, reason: 'no_audio_output', source: 'server' }]);
  });

  it('is told as well when the site cannot find words for it', async () => {
    const call = await liveCall('the caller', {
      describeFailure: () => Promise.reject(new Error('the site’s own fault')),
    });
    breakLink(call, 'remote');
    await vi.advanceTimersByTimeAsync(4_000);
    expect(call.told.ends).toMatchObject([{ callId: 'call_1' }]);
    expect(call.told.errors).toMatchObject([{ message: 'the site’s own fault' }]);
    expect(call.start()).toBe(true);
    call.session.dispose();
  });
});

describe('a call that the visitor ends', () => {
  it('after a conversation has no failure, and its record is not asked for', async () => {
    const call = await liveCall('both', { record: failedRecord('unknown') });
    await call.session.end();
    expect(call.told.ends).toEqual([
      { callId: 'call_1', durationSeconds: 10, connected: true, failure: null },
    ]);
    expect(call.steps).not.toContain('record');
  });

  it('within three seconds was a change of mind', async () => {
    const call = setUpCall();
    await call.startAndConnect();
    await vi.advanceTimersByTimeAsync(2_999);
    await call.session.end();
    expect(call.told.ends).toEqual([
      { callId: 'call_1', durationSeconds: 3, connected: false, failure: null },
    ]);
    expect(call.steps).not.toContain('record');
  });

  it.each([
    ['the agent was not heard', 'the caller', completed, 'agent-silent'],
    ['nobody was heard', 'nobody', completed, 'no_audio_either_direction'],
    [
      'nobody was heard and the platform knows why',
      'nobody',
      failedRecord('no_audio_output'),
      'no_audio_output',
    ],
  ] as const)('later, although %s, did not work', async (_what, heard, record, reason) => {
    const call = await liveCall(heard, { record });
    await call.session.end();
    expect(call.told.ends).toMatchObject([{ connected: false, failure: { reason } }]);
  });

  it('later, before any agent came, did not work', async () => {
    const call = setUpCall();
    await call.startAndConnect();
    await vi.advanceTimersByTimeAsync(3_000);
    await call.session.end();
    expect(call.told.ends).toMatchObject([{ connected: false, failure: { reason: 'agent-never-joined' } }]);
  });
});

describe('a call that the visitor ended as they liked', () => {
  it.each([
    ['at once', 1_000, 'nobody'],
    ['after a conversation', 20_000, 'both'],
  ] as const)(
    'is no failure for a visitor, and told to a tester who wants to know: %s',
    async (_when, afterMs, heard) => {
      for (const tellsEveryFailure of [false, true]) {
        const call = setUpCall({ record: failedRecord('caller_hung_up_silently') });
        call.session.start({ ...call.plan, tellsEveryFailure });
        await vi.advanceTimersByTimeAsync(0);
        call.transport.emit({ type: 'agent-joined' });
        if (heard === 'both') call.transport.hear();
        await vi.advanceTimersByTimeAsync(afterMs);
        await call.session.end();
        expect(call.told.failures.map(({ reason, source }) => [reason, source])).toEqual(
          tellsEveryFailure ? [['caller_hung_up_silently', 'server']] : [],
        );
        expect(call.told.ends).toHaveLength(1);
        call.session.dispose();
      }
    },
  );

  it('is fine for a tester too when the record says so, or nothing', async () => {
    for (const record of [completed, failedRecord('a_new_word'), status(404)]) {
      const call = setUpCall({ record });
      call.session.start({ ...call.plan, tellsEveryFailure: true });
      await vi.advanceTimersByTimeAsync(1_000);
      const ended = call.session.end();
      await vi.advanceTimersByTimeAsync(5_000);
      await ended;
      expect(call.told.ends).toMatchObject([{ failure: null }]);
      call.session.dispose();
    }
  });
});

describe('the record of a call', () => {
  it('is looked for until it is there, for four seconds at most before the visitor is told', async () => {
    const call = await liveCall('the caller', {
      record: recordFrom(13_000, failedRecord('no_audio_output')),
    });
    breakLink(call, 'remote');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(call.session.status.callState).toBe('ending');
    expect(call.tracks[0]?.stopped).toBe(true);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(call.told.ends).toMatchObject([{ failure: { reason: 'no_audio_output', source: 'server' } }]);
    expect(call.told.failures).toHaveLength(1);
  });

  it('corrects the card when it is late; the call ends only once', async () => {
    const call = await liveCall('the caller', {
      record: recordFrom(25_000, failedRecord('no_audio_output')),
    });
    breakLink(call, 'remote');
    await vi.advanceTimersByTimeAsync(4_000);
    expect(call.session.status.failure).toMatchObject({ reason: 'agent-silent', source: 'device' });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(call.session.status).toMatchObject({
      callState: 'failed',
      failure: { reason: 'no_audio_output', source: 'server' },
    });
    expect(call.told.failures.map(({ reason }) => reason)).toEqual(['agent-silent', 'no_audio_output']);
    expect(call.told.ends).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['completed', completed],
    ['failed, unknown', failedRecord('unknown')],
    ['failed, a new word', failedRecord('new_word')],
    ['gone', status(403)],
  ])('leaves the card alone when it is late and says nothing better: %s', async (_what, record) => {
    const call = await liveCall('the caller', { record: recordFrom(25_000, record) });
    breakLink(call, 'remote');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(call.told.failures.map(({ reason }) => reason)).toEqual(['agent-silent']);
    expect(call.session.status.failure?.reason).toBe('agent-silent');
  });

  it('is shown late of a call that had seemed to end well: an orphaned one is found by a sweeper', async () => {
    const call = await liveCall('both', { record: recordFrom(25_000, failedRecord('stale_sweep')) });
    breakLink(call, 'remote');
    await vi.advanceTimersByTimeAsync(4_000);
    expect(call.session.status.callState).toBe('ended');
    await vi.advanceTimersByTimeAsync(25_000);
    expect(call.session.status).toMatchObject({
      callState: 'failed',
      failure: { reason: 'stale_sweep', source: 'server' },
    });
    expect(call.told.ends).toMatchObject([{ failure: null }]);
    expect(call.told.failures).toHaveLength(1);
  });

  it('is not shown any more once the visitor has gone on', async () => {
    const call = await liveCall('both', { record: recordFrom(25_000, failedRecord('stale_sweep')) });
    breakLink(call, 'remote');
    await vi.advanceTimersByTimeAsync(4_000);
    call.session.reset();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(call.session.status.callState).toBe('idle');
    expect(call.told.failures).toEqual([]);
  });

  it('does not tell the same failure twice', async () => {
    const call = await liveCall('nobody', {
      record: recordFrom(25_000, failedRecord('no_audio_either_direction')),
    });
    breakLink(call, 'remote');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(call.told.failures).toHaveLength(1);
  });

  it('is given up after a minute', async () => {
    const call = await liveCall('the caller', { record: status(404) });
    breakLink(call, 'remote');
    await vi.advanceTimersByTimeAsync(61_000);
    const looks = call.steps.length;
    await vi.advanceTimersByTimeAsync(600_000);
    expect(call.steps).toHaveLength(looks);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each<[string, (call: CallUnderTest) => unknown]>([
    ['the card is dismissed', ({ session }) => session.reset()],
    ['another call starts', ({ start }) => start()],
    ['the page goes away', ({ session }) => session.dispose()],
  ])('is not looked for any more once %s', async (_what, moveOn) => {
    const call = await liveCall('the caller', {
      record: recordFrom(25_000, failedRecord('no_audio_output')),
      connect: offer,
    });
    breakLink(call, 'remote');
    await vi.advanceTimersByTimeAsync(5_000);
    moveOn(call);
    await settle();
    const looks = call.steps.filter((step) => step === 'record').length;
    call.transport.emit({ type: 'agent-joined' });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(call.steps.filter((step) => step === 'record')).toHaveLength(looks);
    expect(call.told.failures.map(({ reason }) => reason)).toEqual(['agent-silent']);
    call.session.dispose();
  });

  it('is not looked for when there is no call id to ask for', async () => {
    const connect = json({ serverUrl: 'wss://media.example', participantToken: 'token' });
    const call = await liveCall('the caller', { connect });
    breakLink(call, 'remote');
    await settle();
    expect(call.told.ends).toMatchObject([
      { callId: null, failure: { reason: 'agent-silent', source: 'device' } },
    ]);
    expect(call.steps).not.toContain('record');
  });
});

describe('a link that is lost', () => {
  it('before it was up is a failure of the page’s own', async () => {
    const call = setUpCall();
    call.transport.connect = async ({ onEvent }) => {
      onEvent({ type: 'disconnected', end: 'lost', detail: 'test' });
      await new Promise(() => undefined);
    };
    await call.startAndConnect();
    expect(call.told.ends).toMatchObject([
      { callId: 'call_1', durationSeconds: 0, failure: { source: 'device' } },
    ]);
    expect(call.told.ends[0]?.failure?.reason).toMatch(/^connection-/);
    expect(call.tracks[0]?.stopped).toBe(true);
    expect(call.steps).not.toContain('record');
  });

  it('before any agent came is not blamed on the agent', async () => {
    const call = setUpCall();
    await call.startAndConnect();
    breakLink(call, 'lost');
    await settle();
    expect(call.told.ends).toMatchObject([{ failure: { reason: 'connection-lost', source: 'device' } }]);
  });

  it('for a while is not over: the call goes on when it is back', async () => {
    const call = await liveCall('both');
    call.transport.emit({ type: 'reconnecting' });
    expect(call.session.status.callState).toBe('reconnecting');
    await vi.advanceTimersByTimeAsync(20_000);
    call.transport.emit({ type: 'reconnected' });
    expect(call.session.status.callState).toBe('connected');
    expect(call.told.ends).toEqual([]);
    call.session.dispose();
  });

  it('while it was being restored is over', async () => {
    const call = await liveCall('both');
    call.transport.emit({ type: 'reconnecting' });
    breakLink(call, 'lost');
    await settle();
    expect(call.told.ends).toMatchObject([{ connected: true, failure: { reason: 'connection-lost' } }]);
  });

  it('more than once ends the call once', async () => {
    const call = await liveCall('both');
    breakLink(call, 'lost');
    breakLink(call, 'remote');
    void call.session.end();
    await settle();
    breakLink(call, 'lost');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(call.told.ends).toHaveLength(1);
    expect(call.told.failures).toHaveLength(1);
  });
});
