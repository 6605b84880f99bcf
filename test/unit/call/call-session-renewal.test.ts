import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VoiceError, type VoiceErrorCode } from '../../../src/voice/voice-error.js';
import { deferred } from '../../support/deferred.js';
import { json, status } from '../api/fake-api.js';
import { offer, setUpCall, settle } from './call-under-test.js';
import { FakeTransport } from '../../support/fake-transport.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const expired = new VoiceError('token-expired', 'The media server refused the token');

/** A link whose token is too old. */
class ExpiredTransport extends FakeTransport {
  override async connect(options: Parameters<FakeTransport['connect']>[0]): Promise<void> {
    await super.connect(options);
    throw expired;
  }
}

/** A call whose connects and links are these, one after the other; the last ones again and again. */
function setUpRenewal(links: FakeTransport[], offers = [offer]) {
  const [nextLink, nextOffer] = [inTurn(links), inTurn(offers)];
  return setUpCall({
    connect: (request) => nextOffer()(request),
    loadTransport: async () => nextLink(),
  });
}

function inTurn<T>(items: T[]): () => T {
  let index = 0;
  return () => items[Math.min(index++, items.length - 1)] as T;
}

const second = json({ callId: 'call_2', serverUrl: 'wss://media.example', participantToken: 'fresh' });

describe('a token that expired on the way', () => {
  it('is renewed by a second connect, with the same microphone, and the visitor sees nothing of it', async () => {
    const links = [new ExpiredTransport(), new FakeTransport()];
    const { session, startAndConnect, steps, states, told, tracks } = setUpRenewal(links, [offer, second]);
    await startAndConnect();
    expect(steps).toEqual(['microphone', 'connect', 'transport', 'connect', 'transport']);
    expect(new Set(states())).toEqual(new Set(['requesting-microphone', 'connecting', 'connected']));
    expect(session.status).toMatchObject({ callState: 'connected', callId: 'call_2', failure: null });
    expect(told.connected).toEqual(['call_2']);
    expect(told.failures).toEqual([]);
    expect(tracks.map((track) => track.stopped)).toEqual([false]);
    session.dispose();
  });

  it('is told for the logs', async () => {
    const { session, startAndConnect, told } = setUpRenewal([new ExpiredTransport(), new FakeTransport()]);
    await startAndConnect();
    expect(told.errors).toEqual([expired]);
    session.dispose();
  });

  it('is renewed by a request of its own, or the server would answer with the old token', async () => {
    const { session, startAndConnect, requests } = setUpRenewal([
      new ExpiredTransport(),
      new FakeTransport(),
    ]);
    await startAndConnect();
    const keys = requests.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toEqual([expect.any(String), expect.any(String)]);
    expect(new Set(keys).size).toBe(2);
    session.dispose();
  });

  it('is renewed once: a second one ends the call with its own card', async () => {
    const links = [new ExpiredTransport(), new ExpiredTransport(), new FakeTransport()];
    const { startAndConnect, steps, told, tracks } = setUpRenewal(links, [offer, second]);
    await startAndConnect();
    expect(steps.filter((step) => step === 'connect')).toHaveLength(2);
    expect(links[2]?.connects).toBe(0);
    expect(told.ends).toMatchObject([
      { callId: 'call_2', connected: false, failure: { reason: 'token-expired', source: 'device' } },
    ]);
    expect(tracks[0]?.stopped).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('may be renewed anew in the next call', async () => {
    const links = [new ExpiredTransport(), new FakeTransport(), new ExpiredTransport(), new FakeTransport()];
    const { session, startAndConnect } = setUpRenewal(links);
    await startAndConnect();
    await session.end();
    await startAndConnect();
    expect(session.status.callState).toBe('connected');
    session.dispose();
  });

  it('leaves the link that could not be had', async () => {
    const links = [new ExpiredTransport(), new FakeTransport()] as const;
    const { session, startAndConnect } = setUpRenewal([...links]);
    await startAndConnect();
    expect(links[0].disconnects).toBe(1);
    expect(links[1].disconnects).toBe(0);
    session.dispose();
  });

  it('leaves a link that has nothing more to say in the call', async () => {
    const links = [new ExpiredTransport(), new FakeTransport()] as const;
    const { session, startAndConnect, told } = setUpRenewal([...links]);
    await startAndConnect();
    links[0].emit({ type: 'disconnected', end: 'remote', detail: 'late' });
    await settle();
    expect(session.status.callState).toBe('connected');
    expect(told.ends).toEqual([]);
    session.dispose();
  });

  it('and whose renewal is refused ends the call with the reason for that', async () => {
    const { startAndConnect, told, tracks } = setUpRenewal([new ExpiredTransport()], [offer, status(402)]);
    await startAndConnect();
    expect(told.ends).toMatchObject([{ connected: false, failure: { reason: 'no-credit' } }]);
    expect(tracks[0]?.stopped).toBe(true);
  });

  it('is not renewed for a visitor who gave up meanwhile', async () => {
    const link = new FakeTransport();
    const connecting = (link.connecting = deferred<void>());
    const { session, startAndConnect, steps, told } = setUpRenewal([link]);
    await startAndConnect();
    const ended = session.end();
    connecting.reject(expired);
    await ended;
    await settle();
    expect(steps.filter((step) => step === 'connect')).toHaveLength(1);
    expect(told.ends).toMatchObject([{ failure: null }]);
  });

  it('is not asked for by a visitor who gives up during the renewal', async () => {
    const links = [new ExpiredTransport(), new FakeTransport()];
    const answer = deferred<Response>();
    const { session, startAndConnect, told, tracks } = setUpRenewal(links, [offer, () => answer.promise]);
    await startAndConnect();
    await session.end();
    answer.resolve(
      Response.json({ callId: 'call_2', serverUrl: 'wss://media.example', participantToken: 'x' }),
    );
    await settle();
    expect(links[1]?.connects).toBe(0);
    expect(tracks[0]?.stopped).toBe(true);
    expect(told.ends).toHaveLength(1);
  });
});

it.each<[VoiceErrorCode]>([['connection-blocked'], ['unsupported-transport'], ['connection-lost']])(
  'a link that fails because of %s is not tried again by itself',
  async (code) => {
    const link = new FakeTransport();
    link.connect = () => Promise.reject(new VoiceError(code, 'log'));
    const { startAndConnect, steps, told } = setUpRenewal([link]);
    await startAndConnect();
    expect(steps.filter((step) => step === 'connect')).toHaveLength(1);
    expect(told.ends).toMatchObject([{ failure: { reason: code } }]);
  },
);

describe('a link that is being restored', () => {
  const reconnecting = { type: 'reconnecting' } as const;
  const reconnected = { type: 'reconnected' } as const;

  it('is waited for 30 seconds; then it is lost', async () => {
    const { session, converse, transport, told, tracks } = setUpCall();
    await converse();
    transport.emit(reconnecting);
    await vi.advanceTimersByTimeAsync(29_999);
    expect(session.status.callState).toBe('reconnecting');
    await vi.advanceTimersByTimeAsync(1);
    expect(session.status).toMatchObject({ callState: 'failed', failure: { reason: 'connection-lost' } });
    expect(told.ends).toMatchObject([{ connected: true, durationSeconds: 35 }]);
    expect(tracks[0]?.stopped).toBe(true);
    expect(transport.disconnects).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not get more time by saying so again', async () => {
    const { session, converse, transport } = setUpCall();
    await converse();
    transport.emit(reconnecting);
    await vi.advanceTimersByTimeAsync(20_000);
    transport.emit(reconnecting);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(session.status.failure?.reason).toBe('connection-lost');
  });

  it('that is back in time goes on, and has its 30 seconds the next time', async () => {
    const { session, converse, transport, told } = setUpCall();
    await converse();
    for (let times = 0; times < 2; times++) {
      transport.emit(reconnecting);
      await vi.advanceTimersByTimeAsync(29_999);
      transport.emit(reconnected);
      expect(session.status.callState).toBe('connected');
    }
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.status.callState).toBe('connected');
    expect(told.ends).toEqual([]);
    session.dispose();
  });

  it('is not waited for any more once the visitor has ended the call', async () => {
    const { session, converse, transport, told } = setUpCall();
    await converse();
    transport.emit(reconnecting);
    await session.end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told.ends).toMatchObject([{ failure: null }]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not count against the visitor, whom nobody could hear meanwhile', async () => {
    const { session, startAndConnect, transport } = setUpCall();
    await startAndConnect();
    transport.emit({ type: 'agent-joined' });
    transport.hear({ agent: true });
    transport.emit({ type: 'agent-state', agentState: 'listening' });
    await vi.advanceTimersByTimeAsync(1_000);
    transport.emit(reconnecting);
    await vi.advanceTimersByTimeAsync(20_000);
    transport.emit(reconnected);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(session.status.hint).toBeNull();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(session.status.hint).toBe('cannot-hear-you');
    session.dispose();
  });
});
