import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VoiceError } from '../../../src/voice/voice-error.js';
import { deferred } from '../../support/deferred.js';
import { json, status } from '../api/fake-api.js';
import { completed, setUpCall, settle, type CallSetup, type CallUnderTest } from './call-under-test.js';
import { FakeTransport } from '../../support/fake-transport.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The lock of a browser in which the call is this tab's, or another's. */
class FakeLock {
  /** In the order they came. */
  readonly calls: string[] = [];
  readonly answer: 'held' | 'elsewhere' | Promise<'held' | 'elsewhere'>;
  onRelease = (): void => undefined;

  constructor(answer: FakeLock['answer'] = 'held') {
    this.answer = answer;
  }

  get held(): boolean {
    return this.calls.length > 0 && this.calls.at(-1) !== 'release';
  }

  async acquire(signal: AbortSignal): Promise<'held' | 'elsewhere'> {
    this.calls.push('acquire');
    signal.throwIfAborted();
    return this.answer;
  }

  async takeOver(signal: AbortSignal): Promise<void> {
    this.calls.push('take over');
    signal.throwIfAborted();
    await this.answer;
  }

  release(): void {
    this.calls.push('release');
    this.onRelease();
  }
}

function setUpWith(lock: FakeLock, setup: CallSetup = {}): CallUnderTest {
  return setUpCall({ lock, ...setup });
}

describe('a call that runs in another tab', () => {
  it('is not disturbed: no microphone, no connect, a card of its own', async () => {
    const { startAndConnect, steps, states, requests, told } = setUpWith(new FakeLock('elsewhere'));
    await startAndConnect();
    expect(steps).toEqual([]);
    expect(requests).toEqual([]);
    expect(states()).toEqual(['requesting-microphone', 'ending', 'failed']);
    expect(told.ends).toMatchObject([
      { callId: null, connected: false, durationSeconds: 0, failure: { reason: 'call-in-another-tab' } },
    ]);
    expect(told.failures).toMatchObject([
      { reason: 'call-in-another-tab', source: 'device', retryable: true },
    ]);
  });

  it('is not asked about the microphone’s permission either', async () => {
    const microphonePermission = vi.fn(() => Promise.resolve('prompt' as const));
    const { startAndConnect } = setUpWith(new FakeLock('elsewhere'), { microphonePermission });
    await startAndConnect();
    expect(microphonePermission).not.toHaveBeenCalled();
  });

  it('is ended there when the visitor wants it here', async () => {
    const lock = new FakeLock('elsewhere');
    const { session, plan, startAndConnect, steps } = setUpWith(lock);
    await startAndConnect();
    expect(session.start({ ...plan, takeOver: true })).toBe(true);
    await settle();
    expect(lock.calls).toEqual(['acquire', 'release', 'take over']);
    expect(steps).toEqual(['microphone', 'connect', 'transport']);
    expect(session.status.callState).toBe('connected');
    session.dispose();
  });

  it('is waited for before the microphone is asked for', async () => {
    const freed = deferred<'held'>();
    const { session, plan, steps } = setUpWith(new FakeLock(freed.promise));
    session.start({ ...plan, takeOver: true });
    await settle();
    expect(session.status.callState).toBe('requesting-microphone');
    expect(steps).toEqual([]);
    freed.resolve('held');
    await settle();
    expect(session.status.callState).toBe('connected');
    session.dispose();
  });

  it.each(['acquire', 'take over'])('need not be waited for: giving up at "%s"', async (step) => {
    const answer = deferred<'held'>();
    const lock = new FakeLock(answer.promise);
    const { session, plan, steps, told } = setUpWith(lock);
    session.start({ ...plan, takeOver: step === 'take over' });
    await settle();
    await session.end();
    expect(lock.calls).toEqual([step, 'release']);
    answer.resolve('held');
    await settle();
    expect(steps).toEqual([]);
    expect(lock.held).toBe(false);
    expect(told.ends).toMatchObject([{ connected: false, failure: null }]);
  });
});

describe('a start after the microphone was refused', () => {
  it('asks for it within the press, before anything is waited for, and once', async () => {
    const { session, start, steps } = setUpWith(new FakeLock(), { microphoneWasRefused: true });
    start();
    // Not even a microtask later.
    expect(steps).toEqual(['microphone']);
    await settle();
    expect(steps).toEqual(['microphone', 'connect', 'transport']);
    expect(session.status.callState).toBe('connected');
    session.dispose();
  });

  it('tells of the call in another tab, whatever comes of the question, and gives the microphone back', async () => {
    const answer = deferred<void>();
    const { startAndConnect, tracks, told } = setUpWith(new FakeLock('elsewhere'), {
      microphoneWasRefused: true,
      openMicrophone: (track) => answer.promise.then(() => track),
    });
    await startAndConnect();
    answer.resolve();
    await settle();
    expect(tracks.map((track) => track.stopped)).toEqual([true]);
    expect(told.failures).toMatchObject([{ reason: 'call-in-another-tab' }]);
  });

  it('that is refused once more says so, and lets go of the lock', async () => {
    const lock = new FakeLock();
    const { startAndConnect, told } = setUpWith(lock, {
      microphoneWasRefused: true,
      openMicrophone: () => Promise.reject(new VoiceError('microphone-dismissed', '')),
    });
    await startAndConnect();
    expect(told.failures).toMatchObject([{ reason: 'microphone-dismissed' }]);
    expect(lock.held).toBe(false);
  });

  it('that is given up before the answer gives the microphone back', async () => {
    const answer = deferred<void>();
    const { session, start, tracks, told, requests } = setUpWith(new FakeLock(), {
      microphoneWasRefused: true,
      openMicrophone: (track) => answer.promise.then(() => track),
    });
    start();
    await session.end();
    answer.resolve();
    await settle();
    expect(tracks.map((track) => track.stopped)).toEqual([true]);
    expect(requests).toEqual([]);
    expect(told.ends).toMatchObject([{ failure: null }]);
  });
});

describe('the lock', () => {
  it('is taken once for a call, before anything else, and kept while it lasts', async () => {
    const lock = new FakeLock();
    const { session, converse, transport } = setUpWith(lock);
    await converse();
    transport.emit({ type: 'reconnecting' });
    await session.setMuted(true);
    expect(lock.calls).toEqual(['acquire']);
    session.dispose();
  });

  it('is let go only when the microphone is off and the link is left', async () => {
    const lock = new FakeLock();
    const { session, converse, transport, tracks } = setUpWith(lock);
    await converse();
    const left = deferred<void>();
    transport.disconnect = () => left.promise;
    const ended = session.end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(lock.held).toBe(true);
    lock.onRelease = () => expect(tracks[0]?.stopped).toBe(true);
    left.resolve();
    await ended;
    expect(lock.held).toBe(false);
    expect.assertions(3);
  });

  it('is let go while the platform is still asked what happened', async () => {
    const lock = new FakeLock();
    const { session, converse, transport } = setUpWith(lock, { record: () => new Promise(() => undefined) });
    await converse();
    transport.emit({ type: 'disconnected', end: 'lost', detail: 'test' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(session.status.callState).toBe('ending');
    expect(lock.held).toBe(false);
    session.dispose();
  });

  const never = (): Promise<never> => new Promise(() => undefined);
  const endings: [string, CallSetup, ((call: CallUnderTest) => unknown)?][] = [
    ['the visitor ends it', {}, ({ session }) => session.end()],
    ['the agent ends it', { record: completed }, ({ transport }) => say(transport, 'remote')],
    ['the link is lost', { record: completed }, ({ transport }) => say(transport, 'lost')],
    ['another place took the agent', {}, ({ transport }) => say(transport, 'replaced')],
    [
      'the microphone is refused',
      { openMicrophone: () => Promise.reject(new VoiceError('microphone-denied', '')) },
    ],
    ['the visitor gives up at the prompt', { openMicrophone: never }, ({ session }) => session.end()],
    ['the page goes away at the prompt', { openMicrophone: never }, ({ session }) => session.dispose()],
    ['connect is refused', { connect: status(402) }],
    ['connect is no answer', { connect: json({}) }],
    ['the visitor gives up at connect', { connect: never }, ({ session }) => session.end()],
    ['the code cannot be had', { loadTransport: () => Promise.reject(new TypeError('Failed to fetch')) }],
    ['the page goes away while the code loads', { loadTransport: never }, ({ session }) => session.dispose()],
    ['the link does not come up', { loadTransport: () => Promise.resolve(refusing()) }],
    ['no agent comes', {}, () => vi.advanceTimersByTimeAsync(15_000)],
    ['the microphone is taken back', { openMicrophone: onlyOnce() }, ({ tracks }) => tracks[0]?.vanish()],
    ['the page goes away', {}, ({ session }) => session.dispose()],
    ['a bug of the site', { describeFailure: never }, ({ transport }) => say(transport, 'lost')],
  ];

  it.each(endings)('is let go when %s', async (_how, setup, end) => {
    const lock = new FakeLock();
    const call = setUpWith(lock, setup);
    await call.startAndConnect();
    await end?.(call);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(lock.calls[0]).toBe('acquire');
    expect(lock.held).toBe(false);
  });

  it('is taken anew for the next call', async () => {
    const lock = new FakeLock();
    const { session, startAndConnect } = setUpWith(lock);
    await startAndConnect();
    await session.end();
    await startAndConnect();
    expect(lock.calls).toEqual(['acquire', 'release', 'acquire']);
    session.dispose();
  });

  it('of a new call is not let go by the end of the call before, which the page had left in the middle', async () => {
    const lock = new FakeLock();
    const { session, start, converse, transport } = setUpWith(lock);
    await converse();
    const left = deferred<void>();
    transport.disconnect = () => left.promise;
    void session.end();
    await settle();
    // The page goes into the back-forward cache, and comes back.
    session.dispose();
    start();
    await settle();
    expect(session.status.callState).toBe('connected');
    left.resolve();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(lock.held).toBe(true);
    session.dispose();
  });
});

describe('another tab that takes over', () => {
  const stages: [string, CallSetup][] = [
    ['requesting-microphone', { openMicrophone: () => new Promise(() => undefined) }],
    ['connecting', { connect: () => new Promise(() => undefined) }],
    ['connecting', { loadTransport: () => new Promise(() => undefined) }],
    ['connecting', { transport: hanging() }],
    ['connected', {}],
  ];

  it.each(stages)('while %s ends the call here, with a card of its own', async (stage, setup) => {
    const browser = stubBrowser();
    const { session, startAndConnect, told, tracks, steps } = setUpCall({ lock: 'browser', ...setup });
    await startAndConnect();
    expect(session.status.callState).toBe(stage);
    browser.takeOver();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(session.status).toMatchObject({ callState: 'failed', failure: { reason: 'call-in-another-tab' } });
    expect(told.ends).toHaveLength(1);
    expect(steps).not.toContain('record');
    expect(browser.held).toBe(0);
    if (stage !== 'requesting-microphone') expect(tracks[0]?.stopped).toBe(true);
  });

  it('while reconnecting ends the call here', async () => {
    const browser = stubBrowser();
    const { converse, transport, told } = setUpCall({ lock: 'browser' });
    await converse();
    transport.emit({ type: 'reconnecting' });
    browser.takeOver();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(told.ends).toMatchObject([{ connected: true, failure: { reason: 'call-in-another-tab' } }]);
    expect(transport.disconnects).toBe(1);
    expect(browser.held).toBe(0);
  });

  it('while ending changes nothing about how the call ended', async () => {
    const browser = stubBrowser();
    const { session, converse, transport, told } = setUpCall({ lock: 'browser' });
    await converse();
    const left = deferred<void>();
    transport.disconnect = () => left.promise;
    const ended = session.end();
    await settle();
    browser.takeOver();
    left.resolve();
    await ended;
    expect(told.ends).toMatchObject([{ failure: null }]);
    expect(told.failures).toEqual([]);
    expect(browser.held).toBe(0);
  });

  it('after the call finds nothing to end', async () => {
    const browser = stubBrowser();
    const { session, converse, told } = setUpCall({ lock: 'browser' });
    await converse();
    await session.end();
    browser.takeOver();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(session.status.callState).toBe('ended');
    expect(told.ends).toHaveLength(1);
  });

  it('leaves the way free for taking it back', async () => {
    const browser = stubBrowser();
    const { session, plan, startAndConnect } = setUpCall({ lock: 'browser' });
    await startAndConnect();
    browser.takeOver();
    await vi.advanceTimersByTimeAsync(3_000);
    session.start({ ...plan, takeOver: true });
    await settle();
    expect(session.status.callState).toBe('connected');
    session.dispose();
  });
});

/** A browser whose lock is always free, and another tab in it. */
function stubBrowser() {
  const channels = new Set<EventTarget>();
  let held = 0;
  const request = async (_name: string, _options: LockOptions, callback: (lock: object) => Promise<void>) => {
    held++;
    await callback({});
    held--;
  };
  class Channel extends EventTarget {
    constructor() {
      super();
      channels.add(this);
    }
    postMessage(): void {}
    close(): void {
      channels.delete(this);
    }
  }
  vi.stubGlobal('navigator', { locks: { request } });
  vi.stubGlobal('BroadcastChannel', Channel);
  return {
    get held() {
      return held;
    },
    takeOver(): void {
      const data = { type: 'osmtalk:take-over', id: 'other tab' };
      for (const channel of channels) channel.dispatchEvent(new MessageEvent('message', { data }));
    },
  };
}

function say(transport: FakeTransport, end: 'remote' | 'lost' | 'replaced'): void {
  transport.emit({ type: 'disconnected', end, detail: 'test' });
}

function refusing(): FakeTransport {
  const transport = new FakeTransport();
  transport.connect = () => Promise.reject(new VoiceError('connection-blocked', 'test'));
  return transport;
}

function hanging(): FakeTransport {
  const transport = new FakeTransport();
  transport.connecting = deferred<void>();
  return transport;
}

/** A microphone that is granted once, and refused ever after. */
function onlyOnce(): CallSetup['openMicrophone'] {
  let asked = 0;
  return async (track) => {
    if (asked++ > 0) throw new VoiceError('microphone-denied', 'revoked');
    return track;
  };
}
