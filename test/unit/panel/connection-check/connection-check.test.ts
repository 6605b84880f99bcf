import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WidgetClient } from '../../../../src/api/widget-client.js';
import {
  checkConnection,
  type CheckDependencies,
} from '../../../../src/panel/connection-check/connection-check.js';
import {
  CHECKS,
  type CheckName,
  type CheckResult,
} from '../../../../src/panel/connection-check/connection-report.js';
import type { LinkStats } from '../../../../src/voice/link-stats.js';
import type { ConnectOptions } from '../../../../src/voice/transport.js';
import { VoiceError } from '../../../../src/voice/voice-error.js';
import { deferred, type Deferred } from '../../../support/deferred.js';
import { fakeApi, json, networkError, silence, status, type Answer } from '../../api/fake-api.js';
import { FakeTrack, offer, settle } from '../../call/call-under-test.js';
import { FakeTransport } from '../../../support/fake-transport.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const GOOD: LinkStats = {
  protocol: 'udp',
  localCandidateType: 'host',
  remoteCandidateType: 'srflx',
  roundTripMs: 40,
  jitterMs: 3,
  lossPercent: 0,
  remoteLossPercent: 0,
  packetsReceived: 150,
  packetsSent: 150,
  bytesReceived: 9000,
  bytesSent: 9000,
  concealedSamplesPercent: 0,
  codec: 'opus',
  availableOutgoingBitrate: 300_000,
};

/** A link that says when its signalling is up, and how good it is. */
class CheckedTransport extends FakeTransport {
  stats: LinkStats | null = GOOD;
  /** Before that the signalling is not up either. */
  signalling: Deferred<void> | null = null;
  looks = 0;
  volumesBefore: number[] = [];
  /** What the agent is answered that calls a tool. */
  toolCall: ConnectOptions['onToolCall'] | null = null;

  override async connect(options: ConnectOptions): Promise<void> {
    this.volumesBefore = [...this.volumes];
    await this.signalling?.promise;
    options.onSignalling?.();
    this.toolCall = options.onToolCall;
    await super.connect(options);
  }

  async linkStats(): Promise<LinkStats | null> {
    this.looks++;
    return this.stats;
  }
}

interface Setup extends Partial<Omit<CheckDependencies, 'openMicrophone'>> {
  connect?: Answer;
  transport?: FakeTransport;
  openMicrophone?: (track: FakeTrack) => Promise<FakeTrack>;
}

function setUpCheck({
  connect = offer,
  transport = new CheckedTransport(),
  openMicrophone,
  ...more
}: Setup = {}) {
  const api = fakeApi(connect);
  const abort = new AbortController();
  const track = new FakeTrack();
  const results: CheckResult[] = [];
  const lock = {
    acquire: vi.fn(async (signal: AbortSignal): Promise<'held' | 'elsewhere'> => {
      signal.throwIfAborted();
      return 'held';
    }),
    release: vi.fn<() => void>(),
  };
  let takeOver = (): void => undefined;
  const dependencies = {
    openMicrophone: vi.fn(
      async () => ((await openMicrophone?.(track)) ?? track) as unknown as MediaStreamTrack,
    ),
    hearMicrophone: vi.fn<CheckDependencies['hearMicrophone']>(async () => ({ ok: true, level: 0.4 })),
    playTone: vi.fn<CheckDependencies['playTone']>(async () => true),
    reach: vi.fn<CheckDependencies['reach']>(async () => ({ ok: true, detail: 'reachable' })),
    loadTransport: vi.fn(async () => transport),
    makeLock: (onTakenOver: () => void) => {
      takeOver = onTakenOver;
      return lock;
    },
    now: () => Date.now(),
    ...more,
  };
  const startedAt = Date.now();
  const checking = checkConnection(
    {
      agentId: 'agent_1',
      client: new WidgetClient({ fetch: api.fetch, maxRetries: 0 }),
      body: { userId: 'user_1' },
      extraLoaders: [],
      baseUrl: 'https://api.test',
      fetch: api.fetch,
      signal: abort.signal,
      onResult: (result) => results.push(result),
    },
    dependencies,
  );
  const rejection = checking.then(
    () => null,
    (error: unknown) => error,
  );
  return {
    checking,
    /** What it rejected with, or `null`. */
    rejection,
    transport,
    track,
    lock,
    dependencies,
    results,
    abort: (reason?: unknown) => abort.abort(reason),
    takeOver: () => takeOver(),
    requests: api.requests,
    /** Plays it to its end and returns what was found, and after how long. */
    async finish() {
      const running = checking.then((report) => ({ report, afterMs: Date.now() - startedAt }));
      await vi.advanceTimersByTimeAsync(20_000);
      return running;
    },
    async result<Name extends CheckName>(check: Name): Promise<Extract<CheckResult, { check: Name }>> {
      await vi.advanceTimersByTimeAsync(20_000);
      await checking;
      const found = results.filter((result) => result.check === check);
      expect(found).toHaveLength(1);
      return found[0] as Extract<CheckResult, { check: Name }>;
    },
  };
}

/** Which checks passed, failed, or could not be looked at. */
function verdicts(results: readonly CheckResult[]): Partial<Record<CheckName, boolean | null>> {
  return Object.fromEntries(results.map(({ check, ok }) => [check, ok]));
}

test('all is well: six results, within 10 s, and everything is given back', async () => {
  const check = setUpCheck();
  const { report, afterMs } = await check.finish();
  expect(report.ok).toBe(true);
  expect(report.results.map(({ check: name }) => name)).toEqual(CHECKS);
  expect(verdicts(report.results)).toEqual({
    microphone: true,
    speaker: true,
    api: true,
    signalling: true,
    media: true,
    quality: true,
  });
  expect(report.results).toEqual(expect.arrayContaining(check.results));
  expect(check.results).toHaveLength(6);
  expect(afterMs).toBeLessThan(10_000);
  expect(report.ms).toBe(afterMs);
  expect(check.track.stopped).toBe(true);
  expect(check.transport.disconnects).toBe(1);
  expect(check.lock.release).toHaveBeenCalledTimes(1);
});

test('the figures: how loud, which way, how good', async () => {
  const check = setUpCheck();
  const { report } = await check.finish();
  const details = Object.fromEntries(report.results.map((result) => [result.check, result.detail]));
  expect(details).toEqual({
    microphone: { level: 0.4, reason: null },
    speaker: { played: true },
    api: { answer: 'reachable' },
    signalling: { reason: null },
    media: { protocol: 'udp', localCandidateType: 'host', remoteCandidateType: 'srflx', reason: null },
    quality: {
      roundTripMs: 40,
      jitterMs: 3,
      lossPercent: 0,
      remoteLossPercent: 0,
      concealedSamplesPercent: 0,
      packetsReceived: 150,
      packetsSent: 150,
      codec: 'opus',
      reason: null,
    },
  });
});

test('the call is an ordinary one: what the site has set and nothing else, no tool run, no agent heard', async () => {
  const transport = new CheckedTransport();
  const check = setUpCheck({ transport });
  await check.finish();
  expect(check.requests.map(({ url, body }) => [url, body])).toEqual([
    ['https://api.osmtalk.com/api/widget/agents/agent_1/connect', { userId: 'user_1' }],
  ]);
  expect(transport.connects).toBe(1);
  expect(transport.volumesBefore).toEqual([0]);
  expect(transport.volumes.at(-1)).toBe(0);
  await expect(transport.toolCall?.('delete_account', {})).rejects.toThrow('only checks');
});

test('a transport of the site that cannot be silenced yet is heard, and no worse', async () => {
  const transport = Object.assign(new CheckedTransport(), {
    setVolume: () => {
      throw new Error('not connected');
    },
  });
  expect((await setUpCheck({ transport }).finish()).report.ok).toBe(true);
});

test('the time of each step is its own', async () => {
  const transport = new CheckedTransport();
  transport.signalling = deferred();
  transport.connecting = deferred();
  const check = setUpCheck({ transport });
  await vi.advanceTimersByTimeAsync(700);
  transport.signalling.resolve();
  await vi.advanceTimersByTimeAsync(300);
  transport.connecting.resolve();
  const { report } = await check.finish();
  const ms = Object.fromEntries(report.results.map((result) => [result.check, result.ms]));
  expect(ms).toMatchObject({ signalling: 700, media: 300 });
  expect(ms.quality).toBeGreaterThanOrEqual(3_000);
  expect(ms.quality).toBeLessThan(3_600);
});

describe('microphone', () => {
  test.each(['microphone-denied', 'microphone-not-found', 'in-app-browser'] as const)(
    '%s: no call is made, and the rest is looked at',
    async (code) => {
      const check = setUpCheck({ openMicrophone: () => Promise.reject(new VoiceError(code, 'no')) });
      const { report } = await check.finish();
      expect(report.ok).toBe(false);
      expect(verdicts(report.results)).toEqual({
        microphone: false,
        speaker: true,
        api: true,
        signalling: null,
        media: null,
        quality: null,
      });
      expect(report.results[0]?.detail).toEqual({ level: null, reason: code });
      expect(check.requests).toEqual([]);
      expect(check.lock.release).toHaveBeenCalledTimes(1);
    },
  );

  test('no sound came in', async () => {
    const check = setUpCheck({ hearMicrophone: async () => ({ ok: false, level: 0.001 }) });
    const { report } = await check.finish();
    expect(report.ok).toBe(false);
    expect(report.results[0]).toMatchObject({
      ok: false,
      detail: { level: 0.001, reason: 'caller-silent' },
    });
    expect(verdicts(report.results)).toMatchObject({ media: true, quality: true });
  });

  test.each([
    ['cannot be measured', async () => ({ ok: null, level: null })],
    ['breaks the measuring', () => Promise.reject(new Error('no context'))],
  ])('a microphone that %s', async (_what, hearMicrophone) => {
    const check = setUpCheck({ hearMicrophone });
    const { report } = await check.finish();
    expect(report.ok).toBeNull();
    expect(report.results[0]).toMatchObject({ ok: null, detail: { level: null, reason: null } });
  });

  test('nobody listens for a voice while the tone plays', async () => {
    const tone = deferred<boolean>();
    const check = setUpCheck({ playTone: () => tone.promise });
    await settle();
    expect(check.transport.connects).toBe(1);
    expect(check.dependencies.hearMicrophone).not.toHaveBeenCalled();
    tone.resolve(true);
    await settle();
    expect(check.dependencies.hearMicrophone).toHaveBeenCalledTimes(1);
    await check.finish();
  });

  test('the visitor’s time to answer the browser is not counted', async () => {
    const answer = deferred<FakeTrack>();
    const check = setUpCheck({ openMicrophone: () => answer.promise });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(check.requests).toEqual([]);
    answer.resolve(check.track);
    expect((await check.finish()).report.ok).toBe(true);
  });
});

test.each([
  ['does not play', async () => false],
  ['breaks', () => Promise.reject(new Error('no context'))],
])('a speaker that %s', async (_what, playTone) => {
  const { report } = await setUpCheck({ playTone }).finish();
  expect(report.ok).toBe(false);
  expect(report.results[1]).toMatchObject({ ok: false, detail: { played: false } });
});

test('an API that cannot be reached', async () => {
  const reach = vi.fn<CheckDependencies['reach']>(async () => ({ ok: false, detail: 'TypeError' }));
  const check = setUpCheck({ reach, connect: networkError });
  const { report } = await check.finish();
  expect(reach.mock.calls[0]?.[0]).toBe('https://api.test');
  expect(verdicts(report.results)).toMatchObject({ api: false, signalling: false, media: null });
  expect(report.results[2]).toMatchObject({ detail: { answer: 'TypeError' } });
});

describe('signalling', () => {
  test.each<[string, Answer, boolean | null, string]>([
    ['a network error', networkError, false, 'timeout'],
    ['no credit', status(402), null, 'no-credit'],
    ['all lines busy', status(429, {}, { error: 'too_many_concurrent_calls' }), null, 'too-many-calls'],
    ['a wrong key', status(401), null, 'unauthorized'],
    ['an error of the server', status(503), null, 'server-error'],
    ['no answer at all', silence, false, 'timeout'],
    ['an unreadable answer', json({}), null, 'invalid-response'],
  ])('connect meets %s', async (_what, connect, ok, reason) => {
    const check = setUpCheck({ connect });
    const { report, afterMs } = await check.finish();
    expect(report.ok).toBe(ok);
    expect(report.results[3]).toMatchObject({ check: 'signalling', ok, detail: { reason } });
    expect(verdicts(report.results)).toMatchObject({ media: null, quality: null });
    expect(afterMs).toBeLessThan(10_000);
    expect(check.transport.connects).toBe(0);
    expect(check.track.stopped).toBe(true);
  });

  test.each([
    ['connection-blocked', false],
    ['token-expired', null],
  ] as const)('a link that ends with %s before its signalling is up', async (code, ok) => {
    const transport = new CheckedTransport();
    transport.signalling = deferred();
    const check = setUpCheck({ transport });
    await settle();
    transport.signalling.reject(new VoiceError(code, 'no'));
    expect(await check.result('signalling')).toMatchObject({ ok, detail: { reason: code } });
    expect(verdicts(check.results)).toMatchObject({ media: null, quality: null });
    expect(transport.disconnects).toBe(1);
  });

  test('that never comes up', async () => {
    const transport = new CheckedTransport();
    transport.signalling = deferred();
    const check = setUpCheck({ transport });
    const { report, afterMs } = await check.finish();
    expect(report.results[3]).toMatchObject({ ok: false, detail: { reason: 'connection-blocked' } });
    expect(afterMs).toBeLessThan(10_000);
    expect(transport.disconnects).toBe(1);
  });

  test('a transport of the site that does not tell of it: it is up when the link is', async () => {
    const check = setUpCheck({ transport: new FakeTransport() });
    const { report } = await check.finish();
    expect(verdicts(report.results)).toMatchObject({ signalling: true, media: true, quality: null });
    expect(report.ok).toBeNull();
  });

  test('no transport for this offer', async () => {
    const loadTransport = () => Promise.reject(new VoiceError('unsupported-transport', 'none'));
    const check = setUpCheck({ loadTransport });
    expect(await check.result('signalling')).toMatchObject({
      ok: null,
      detail: { reason: 'unsupported-transport' },
    });
  });
});

describe('media', () => {
  test('signalling comes up, and no sound gets through', async () => {
    const transport = new CheckedTransport();
    transport.connecting = deferred();
    const check = setUpCheck({ transport });
    await settle();
    expect(check.results).toContainEqual(expect.objectContaining({ check: 'signalling', ok: true }));
    transport.connecting.reject(new VoiceError('connection-blocked', 'ICE failed'));
    expect(await check.result('media')).toMatchObject({
      ok: false,
      detail: { reason: 'connection-blocked' },
    });
    expect(await check.result('quality')).toMatchObject({ ok: null });
    expect(await check.result('signalling')).toMatchObject({ ok: true });
  });

  test('a link that does not come up is given up in time', async () => {
    const transport = new CheckedTransport();
    transport.connecting = deferred();
    const check = setUpCheck({ transport });
    const { report, afterMs } = await check.finish();
    expect(report.results[4]).toMatchObject({ ok: false, detail: { reason: 'connection-blocked' } });
    expect(afterMs).toBeLessThan(10_000);
    expect(transport.signal?.aborted).toBe(true);
    expect(transport.disconnects).toBe(1);
  });

  test('a link that comes up late is measured for what time is left', async () => {
    const transport = new CheckedTransport();
    transport.connecting = deferred();
    const check = setUpCheck({ transport });
    await vi.advanceTimersByTimeAsync(6_400);
    transport.connecting.resolve();
    const { report, afterMs } = await check.finish();
    expect(report.ok).toBe(true);
    expect(report.results[5]?.ms).toBeGreaterThan(2_000);
    expect(afterMs).toBeLessThanOrEqual(8_500);
  });

  test('within 10 s also when everything about the link is slow', async () => {
    const hangs = () => new Promise<never>(() => undefined);
    const transport = Object.assign(new CheckedTransport(), { linkStats: hangs, disconnect: hangs });
    transport.connecting = deferred();
    const check = setUpCheck({ transport });
    await vi.advanceTimersByTimeAsync(6_450);
    transport.connecting.resolve();
    expect((await check.finish()).afterMs).toBeLessThan(10_000);
  });

  test('the way is told as soon as it is known, before the quality', async () => {
    const transport = new CheckedTransport();
    transport.stats = { ...GOOD, protocol: null };
    const check = setUpCheck({ transport });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(verdicts(check.results)).not.toHaveProperty('media');
    transport.stats = { ...GOOD, protocol: 'relay-tls', localCandidateType: 'relay' };
    await vi.advanceTimersByTimeAsync(600);
    expect(check.results.at(-1)).toMatchObject({
      check: 'media',
      ok: true,
      detail: { protocol: 'relay-tls' },
    });
    await check.finish();
  });
});

describe('quality', () => {
  test.each<[string, Partial<LinkStats>, boolean | null]>([
    ['at its limits', { roundTripMs: 400, lossPercent: 5, remoteLossPercent: 5 }, true],
    ['too far', { roundTripMs: 401 }, false],
    ['too much lost on the way here', { lossPercent: 5.1 }, false],
    ['too much lost on the way there', { remoteLossPercent: 5.1 }, false],
    ['only one figure', { lossPercent: null, remoteLossPercent: null }, true],
    ['no figure', { roundTripMs: null, lossPercent: null, remoteLossPercent: null }, null],
  ])('%s', async (_what, stats, ok) => {
    const transport = new CheckedTransport();
    transport.stats = { ...GOOD, ...stats };
    expect((await setUpCheck({ transport }).result('quality')).ok).toBe(ok);
  });

  test('the last look counts', async () => {
    const transport = new CheckedTransport();
    const check = setUpCheck({ transport });
    await vi.advanceTimersByTimeAsync(1_500);
    transport.stats = { ...GOOD, lossPercent: 30 };
    expect(await check.result('quality')).toMatchObject({ ok: false, detail: { lossPercent: 30 } });
    expect(transport.looks).toBeGreaterThan(4);
  });

  test.each([
    ['reconnecting', { type: 'reconnecting' }],
    ['lost', { type: 'disconnected', end: 'lost', detail: '' }],
  ] as const)('a link that is %s meanwhile', async (_what, event) => {
    const check = setUpCheck();
    await vi.advanceTimersByTimeAsync(1_000);
    check.transport.emit(event);
    expect(await check.result('quality')).toMatchObject({ ok: false, detail: { reason: 'connection-lost' } });
    expect(await check.result('media')).toMatchObject({ ok: true });
  });

  test('an agent that hangs up at once: what was measured counts, and nobody waits', async () => {
    const check = setUpCheck();
    await vi.advanceTimersByTimeAsync(800);
    check.transport.emit({ type: 'disconnected', end: 'remote', detail: '' });
    await settle();
    expect((await check.checking).ok).toBe(true);
    expect(check.transport.disconnects).toBe(1);
  });

  test('figures that hang, fail or throw', async () => {
    for (const linkStats of [
      () => new Promise<never>(() => undefined),
      () => Promise.reject(new Error('closed')),
      () => {
        throw new Error('not implemented');
      },
    ]) {
      const transport = Object.assign(new FakeTransport(), { linkStats });
      const { report, afterMs } = await setUpCheck({ transport }).finish();
      expect(verdicts(report.results)).toMatchObject({ media: true, quality: null });
      expect(afterMs).toBeLessThan(10_000);
    }
  });
});

describe('one call at a time', () => {
  test('a call that runs: nothing is opened', async () => {
    const lock = { acquire: async () => 'elsewhere' as const, release: () => undefined };
    const check = setUpCheck({ makeLock: () => lock });
    expect(await check.rejection).toMatchObject({ code: 'call-in-another-tab' });
    expect(check.dependencies.openMicrophone).not.toHaveBeenCalled();
    expect(check.dependencies.playTone).not.toHaveBeenCalled();
    expect(check.requests).toEqual([]);
    expect(check.results).toEqual([]);
  });

  test('another tab wants its call: the check gives way', async () => {
    const check = setUpCheck();
    await vi.advanceTimersByTimeAsync(1_000);
    check.takeOver();
    await settle();
    expect(await check.rejection).toMatchObject({ code: 'call-in-another-tab' });
    expect(check.track.stopped).toBe(true);
    expect(check.transport.disconnects).toBe(1);
    expect(check.lock.release).toHaveBeenCalledTimes(1);
  });

  test('it ends when the browser has let go of the lock, and not before', async () => {
    const freed = deferred<void>();
    const check = setUpCheck();
    check.lock.acquire.mockImplementation(async (signal) => {
      await freed.promise;
      signal.throwIfAborted();
      return 'held';
    });
    const ended = vi.fn<() => void>();
    void check.checking.then(ended);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(check.lock.release).toHaveBeenCalledTimes(1);
    expect(ended).not.toHaveBeenCalled();
    freed.resolve();
    await settle();
    expect(ended).toHaveBeenCalledTimes(1);
  });
});

describe('given up', () => {
  const hanging = () => new Promise<never>(() => undefined);
  const untilAborted = (signal: AbortSignal) =>
    new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));

  const STEPS: [step: string, setup: () => Setup, afterMs: number][] = [
    ['the prompt', () => ({ openMicrophone: hanging }), 5_000],
    ['the tone', () => ({ playTone: async ({ signal }) => (await untilAborted(signal), false) }), 100],
    [
      'the listening',
      () => ({
        hearMicrophone: async (_track, { signal }) => (await untilAborted(signal), { ok: null, level: 0 }),
      }),
      100,
    ],
    ['the reach', () => ({ reach: hanging }), 100],
    ['connect', () => ({ connect: silence }), 1_000],
    ['the code', () => ({ loadTransport: hanging }), 1_000],
    [
      'signalling',
      () => {
        const transport = new CheckedTransport();
        transport.signalling = deferred();
        return { transport };
      },
      1_000,
    ],
    [
      'media',
      () => {
        const transport = new CheckedTransport();
        transport.connecting = deferred();
        return { transport };
      },
      1_000,
    ],
    ['the measuring', () => ({}), 2_000],
  ];

  test.each(STEPS)(
    'during %s: it rejects at once, and everything is given back',
    async (step, setup, afterMs) => {
      const check = setUpCheck(setup());
      await vi.advanceTimersByTimeAsync(afterMs);
      const before = check.results.length;
      const reason = new Error('closed');
      check.abort(reason);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(await check.rejection).toBe(reason);
      expect(check.results).toHaveLength(before);
      const opened = check.dependencies.openMicrophone.mock.results.length > 0 && step !== 'the prompt';
      expect(check.track.stopped).toBe(opened);
      expect(check.transport.disconnects).toBe(check.transport.connects > 0 || step === 'signalling' ? 1 : 0);
      expect(check.lock.release).toHaveBeenCalledTimes(1);
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  test('before it began: nothing is opened', async () => {
    const abort = AbortSignal.abort(new Error('closed'));
    const openMicrophone = vi.fn<CheckDependencies['openMicrophone']>();
    const checking = checkConnection(
      {
        agentId: 'agent_1',
        client: new WidgetClient(),
        body: {},
        extraLoaders: [],
        baseUrl: 'https://api.test',
        fetch: () => Promise.reject(new Error('not expected')),
        signal: abort,
      },
      { openMicrophone },
    );
    await expect(checking).rejects.toThrow('closed');
    expect(openMicrophone).not.toHaveBeenCalled();
  });

  test('the request that reaches for the API is given up too', async () => {
    const signals: (AbortSignal | null | undefined)[] = [];
    const check = setUpCheck({
      reach: async (baseUrl, send) => {
        await send(baseUrl, { method: 'HEAD', signal: AbortSignal.timeout(5_000) });
        return { ok: true, detail: '' };
      },
      connect: (request) => {
        signals.push(request.init.signal);
        return silence(request);
      },
    });
    await settle();
    check.abort();
    await settle();
    expect(signals).toHaveLength(2);
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, true]);
    await check.rejection;
  });
});

test('a transport that will not be left keeps nobody waiting', async () => {
  for (const disconnect of [
    () => new Promise<never>(() => undefined),
    () => Promise.reject(new Error('broken')),
    () => {
      throw new Error('broken');
    },
  ]) {
    const transport = Object.assign(new CheckedTransport(), { disconnect });
    const check = setUpCheck({ transport });
    const { report, afterMs } = await check.finish();
    expect(report.ok).toBe(true);
    expect(afterMs).toBeLessThan(10_000);
    expect(check.track.stopped).toBe(true);
  }
});
