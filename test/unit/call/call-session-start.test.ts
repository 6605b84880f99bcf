import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VoiceError, type VoiceErrorCode } from '../../../src/voice/voice-error.js';
import { deferred } from '../../support/deferred.js';
import { json, networkError, status } from '../api/fake-api.js';
import { offer, setUpCall, settle } from './call-under-test.js';
import { FakeTransport } from '../../support/fake-transport.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('starting a call', () => {
  it('asks for the microphone, then connects, then brings up the link', async () => {
    const { session, steps, states, transport, told, start, requests } = setUpCall();
    expect(session.status.callState).toBe('idle');
    expect(start()).toBe(true);
    await settle();
    expect(steps).toEqual(['microphone', 'connect', 'transport']);
    expect(transport.connects).toBe(1);
    expect(states()).toEqual(['requesting-microphone', 'connecting', 'connecting', 'connected']);
    expect(told.connected).toEqual(['call_1']);
    expect(session.status).toMatchObject({ callId: 'call_1', agentJoined: false, muted: false });
    expect(requests[0]).toMatchObject({ body: { userId: 'user_1' } });
    expect(requests[0]?.url).toContain('/agents/agent_1/connect');
    session.dispose();
  });

  it('is asking for the microphone at once, before anything has answered', () => {
    const { session, start } = setUpCall({ openMicrophone: () => new Promise(() => undefined) });
    start();
    expect(session.status.callState).toBe('requesting-microphone');
  });

  it('is refused while a call is under way, at each of its steps', async () => {
    const { session, start, steps, transport, told } = setUpCall();
    start();
    expect(start()).toBe(false);
    await settle();
    expect(start()).toBe(false);
    transport.emit({ type: 'reconnecting' });
    expect(start()).toBe(false);
    transport.hear();
    const ended = session.end();
    expect(session.status.callState).toBe('ending');
    expect(start()).toBe(false);
    await ended;
    expect(steps.filter((step) => step === 'microphone')).toHaveLength(1);
    expect(told.ends).toHaveLength(1);
  });

  it('is possible again after a call, and begins from nothing', async () => {
    const { session, startAndConnect, transport, told, tracks } = setUpCall();
    await startAndConnect();
    transport.hear();
    await session.setMuted(true);
    await session.end();
    await startAndConnect();
    expect(session.status).toMatchObject({
      callState: 'connected',
      muted: false,
      durationSeconds: 0,
      failure: null,
    });
    expect(tracks.map((track) => track.stopped)).toEqual([true, false]);
    await session.end();
    expect(told.ends).toHaveLength(2);
  });

  it('is possible again after a failure, which it forgets', async () => {
    const answers = [status(402), offer];
    const { session, startAndConnect } = setUpCall({
      connect: (request) => (answers.shift() ?? offer)(request),
    });
    await startAndConnect();
    expect(session.status.failure?.reason).toBe('no-credit');
    await startAndConnect();
    expect(session.status).toMatchObject({ callState: 'connected', failure: null });
    session.dispose();
  });
});

describe('a media server that neither takes nor refuses', () => {
  const slow = () => {
    const transport = new FakeTransport();
    transport.connecting = deferred<void>();
    return transport;
  };

  it('has 20 s from the answer of connect; then the microphone is given back', async () => {
    const transport = slow();
    const { session, startAndConnect, tracks, told } = setUpCall({ transport });
    await startAndConnect();
    await vi.advanceTimersByTimeAsync(19_900);
    expect(session.status.callState).toBe('connecting');
    await vi.advanceTimersByTimeAsync(200);
    await vi.waitFor(() => expect(told.ends).toHaveLength(1));
    expect(told.ends).toMatchObject([
      { connected: false, failure: { reason: 'connection-blocked', source: 'device' } },
    ]);
    expect(tracks.map(({ stopped }) => stopped)).toEqual([true]);
    expect(transport.disconnects).toBe(1);
  });

  it('that takes at last is not hung up on', async () => {
    const transport = slow();
    const { session, startAndConnect, told } = setUpCall({ transport });
    await startAndConnect();
    await vi.advanceTimersByTimeAsync(19_000);
    transport.connecting?.resolve();
    await settle();
    transport.emit({ type: 'agent-joined' });
    transport.hear();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(session.status.callState).toBe('connected');
    expect(told.ends).toEqual([]);
    session.dispose();
  });

  it('does not use up the time of a visitor who thinks about the microphone', async () => {
    const permission = deferred<void>();
    const { session, startAndConnect } = setUpCall({
      openMicrophone: async (track) => {
        await permission.promise;
        return track;
      },
    });
    await startAndConnect();
    await vi.advanceTimersByTimeAsync(120_000);
    permission.resolve();
    await settle();
    expect(session.status.callState).toBe('connected');
    session.dispose();
  });
});

describe('a microphone that cannot be had', () => {
  const codes: VoiceErrorCode[] = [
    'microphone-denied',
    'microphone-dismissed',
    'microphone-blocked-by-system',
    'microphone-not-found',
    'microphone-in-use',
    'insecure-context',
    'blocked-by-permissions-policy',
    'in-app-browser',
  ];

  it.each(codes)('costs no request and names itself: %s', async (code) => {
    const error = new VoiceError(code, 'for the logs');
    const { startAndConnect, steps, states, told, requests } = setUpCall({
      openMicrophone: () => Promise.reject(error),
    });
    await startAndConnect();
    expect(steps).toEqual(['microphone']);
    expect(requests).toEqual([]);
    expect(states()).toEqual(['requesting-microphone', 'ending', 'failed']);
    expect(told.failures).toMatchObject([{ reason: code, source: 'device' }]);
    expect(told.ends).toMatchObject([
      { callId: null, durationSeconds: 0, connected: false, failure: { reason: code } },
    ]);
    expect(told.errors).toEqual([error]);
    expect(told.connected).toEqual([]);
  });
});

describe('a connect that fails', () => {
  it.each([
    ['401', status(401), 'unauthorized'],
    ['403 for the domain', status(403, {}, { code: 'domain' }), 'domain-not-allowed'],
    ['402', status(402), 'no-credit'],
    ['404', status(404), 'agent-not-found'],
    ['429', status(429, { 'retry-after': '60' }), 'rate-limited'],
    [
      '429 for the calls',
      status(429, { 'retry-after': '60' }, { error: 'too_many_calls' }),
      'too-many-calls',
    ],
    ['HTML', () => new Response('<html></html>'), 'invalid-response'],
    ['503 again and again', status(503), 'server-error'],
    ['nothing that can be reached', networkError, 'timeout'],
  ])('with %s gives the microphone back and says why: %s', async (_what, connect, reason) => {
    const { start, told, tracks, steps } = setUpCall({ connect });
    start();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(tracks.map((track) => track.stopped)).toEqual([true]);
    expect(steps).not.toContain('transport');
    expect(told.ends).toMatchObject([
      { callId: null, connected: false, failure: { reason, source: 'device' } },
    ]);
    expect(told.failures).toHaveLength(1);
    expect(told.errors).toMatchObject([{ name: 'ApiError' }]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a link that does not come up', () => {
  it('because nobody knows the transport', async () => {
    const error = new VoiceError('unsupported-transport', 'No transport for "daily"');
    const { startAndConnect, told, tracks, steps } = setUpCall({
      connect: json({ callId: 'call_1', transport: 'daily' }),
      loadTransport: () => Promise.reject(error),
    });
    await startAndConnect();
    expect(told.ends).toMatchObject([
      { callId: 'call_1', connected: false, failure: { reason: 'unsupported-transport' } },
    ]);
    expect(tracks[0]?.stopped).toBe(true);
    expect(steps).not.toContain('record');
  });

  it('because its code cannot be fetched', async () => {
    const error = new TypeError('Failed to fetch dynamically imported module: /chunks/livekit.js');
    const { startAndConnect, told, tracks } = setUpCall({ loadTransport: () => Promise.reject(error) });
    await startAndConnect();
    expect(told.ends).toMatchObject([{ callId: 'call_1', failure: { reason: 'timeout', source: 'device' } }]);
    expect(tracks[0]?.stopped).toBe(true);
  });

  it.each<[VoiceErrorCode]>([['connection-blocked'], ['token-expired']])('because of %s', async (code) => {
    const transport = new FakeTransport();
    transport.connect = () => Promise.reject(new VoiceError(code, 'for the logs'));
    const { startAndConnect, told, tracks, states, steps } = setUpCall({ transport });
    await startAndConnect();
    expect(states().at(-1)).toBe('failed');
    expect(told.ends).toMatchObject([
      { callId: 'call_1', connected: false, failure: { reason: code, source: 'device' } },
    ]);
    expect(tracks[0]?.stopped).toBe(true);
    // The expired one is left too, before the renewal.
    expect(transport.disconnects).toBe(code === 'token-expired' ? 2 : 1);
    expect(steps).not.toContain('record');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('because of a fault that nobody foresaw', async () => {
    const transport = new FakeTransport();
    transport.connect = () => Promise.reject(new RangeError('a bug'));
    const { startAndConnect, told } = setUpCall({ transport });
    await startAndConnect();
    expect(told.ends).toMatchObject([{ failure: { reason: 'unknown', source: 'device' } }]);
    expect(told.errors).toMatchObject([{ message: 'a bug' }]);
  });
});
