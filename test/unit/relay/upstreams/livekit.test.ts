import { describe, expect, it, onTestFinished } from 'vitest';
import { readCallOffer } from '../../../../src/wire/call-offer.js';
import { livekit, type LivekitOptions, type RelayOptions } from '../../../../src/relay.js';
import {
  LIVEKIT_KEY,
  LIVEKIT_SECRET,
  readLivekitToken,
  startLivekitStandIn,
  type LivekitStandIn,
  type StandInRoom,
} from '../../../support/livekit-stand-in.js';
import { CALLBACK, fromPage, relayOf, statusAndError } from '../start-relay.js';

type Fields = Record<string, unknown>;

async function start(
  options: Partial<RelayOptions> = {},
  keys: Partial<LivekitOptions> = {},
): Promise<{ server: LivekitStandIn; relay: (request: Request) => Promise<Response> }> {
  const server = await startLivekitStandIn();
  onTestFinished(() => server.close());
  const upstream = livekit({
    url: server.url,
    apiKey: LIVEKIT_KEY,
    apiSecret: LIVEKIT_SECRET,
    agentName: 'receptionist',
    ...keys,
  });
  return { server, relay: relayOf({ upstream, ...options }) };
}

const connect = (body: Fields = {}, headers: Record<string, string> = {}): Request =>
  fromPage('/agents/agent_1/connect', { body, headers });

describe('a call', () => {
  it('is a room of its own, into which the agent is sent with what the page and the site say', async () => {
    const { server, relay } = await start({
      dynamicVariables: () => ({ plan: 'pro' }),
      metadata: () => ({ account: 'secret-account' }),
      visitor: () => 'ada',
    });
    const answer = await (
      await relay(connect({ dynamicVariables: { plan: 'x', name: 'Ada' }, userId: 'bob' }))
    ).json();
    const [room] = server.rooms.values();
    expect(room?.name).toMatch(/^call_[\w-]{24}$/);
    expect(room?.settings).toMatchObject({ empty_timeout: 60, departure_timeout: 20 });
    const [agent] = (room?.settings.agents ?? []) as { agent_name: string; metadata: string }[];
    expect(agent?.agent_name).toBe('receptionist');
    expect(JSON.parse(agent?.metadata ?? '')).toEqual({
      agentId: 'agent_1',
      visitor: expect.stringMatching(/^[\w-]{16}$/),
      userId: 'ada',
      dynamicVariables: { plan: 'pro', name: 'Ada' },
      metadata: { account: 'secret-account' },
    });
    expect(answer).toEqual({
      transport: 'livekit',
      serverUrl: server.url.replace('http', 'ws'),
      participantToken: expect.any(String),
      roomName: room?.name,
      callId: expect.stringContaining(`${room?.name}.`),
    });
    expect(readCallOffer(answer)).toMatchObject({ transport: 'livekit', token: answer.participantToken });
    expect(server.requests.map(({ path }) => path)).toEqual(['/twirp/livekit.RoomService/CreateRoom']);
  });

  it('is opened to the page by a token for that room, a microphone and messages, for ten minutes', async () => {
    const { relay } = await start({ metadata: () => ({ account: 'secret-account' }) });
    const { participantToken, roomName } = await (await relay(connect())).json();
    const claims = readLivekitToken(participantToken);
    expect(claims).toEqual({
      iss: LIVEKIT_KEY,
      sub: expect.stringMatching(/^visitor_[\w-]{16}$/),
      nbf: expect.any(Number),
      exp: expect.any(Number),
      video: {
        room: roomName,
        roomJoin: true,
        canPublish: true,
        canPublishSources: ['microphone'],
        canPublishData: true,
        canSubscribe: true,
      },
    });
    const lastsSeconds = claims.exp - Date.now() / 1000;
    expect(lastsSeconds).toBeGreaterThan(590);
    expect(lastsSeconds).toBeLessThan(601);
  });

  it('has another room and another token for each, also of one visitor', async () => {
    const { server, relay } = await start(
      { visitor: () => 'ada' },
      { tokenSeconds: 60, departureSeconds: 5 },
    );
    const one = await (await relay(connect())).json();
    const two = await (await relay(connect())).json();
    expect(one.roomName).not.toBe(two.roomName);
    const claims = [one, two].map(({ participantToken }) => readLivekitToken(participantToken));
    expect(claims[0]?.sub).toBe(claims[1]?.sub);
    expect((claims[0]?.exp ?? 0) - Date.now() / 1000).toBeLessThan(61);
    expect([...server.rooms.values()].map(({ settings }) => settings.departure_timeout)).toEqual([5, 5]);
  });

  it('is made once under one Idempotency-Key', async () => {
    const { server, relay } = await start();
    const once = { 'idempotency-key': 'once' };
    const answers = await Promise.all([relay(connect({}, once)), relay(connect({}, once))]);
    const [one, two] = await Promise.all(answers.map((answer) => answer.json()));
    expect(one.roomName).toBe(two.roomName);
    expect(server.rooms.size).toBe(1);
  });

  it('is made once also when the server seems to fail: a second room would have an agent of its own', async () => {
    const { server, relay } = await start();
    server.answerNext({ status: 503, body: { code: 'unavailable', msg: 'busy' } });
    expect(await statusAndError(await relay(connect()))).toEqual([503, 'upstream_error']);
    expect(server.requests).toHaveLength(1);
  });
});

describe('what it does not offer', () => {
  it('is said, with the reason, and never reaches the server', async () => {
    const { server, relay } = await start();
    expect(await (await relay(fromPage('/features'))).json()).toEqual({ features: ['voice'] });
    const chat = await relay(fromPage('/agents/agent_1/chat', { body: { message: 'Hi' } }));
    expect([chat.status, await chat.json()]).toEqual([
      404,
      {
        error: 'not_offered',
        message: 'A LiveKit agent is spoken and written to within a call; there is no chat without one.',
      },
    ]);
    const callback = await relay(fromPage('/calls/outbound', { body: CALLBACK }));
    expect(await statusAndError(callback)).toEqual([404, 'not_offered']);
    expect(await statusAndError(await relay(fromPage('/agents/agent_2/connect', { body: {} })))).toEqual([
      404,
      'agent_not_found',
    ]);
    expect(server.requests).toEqual([]);
  });
});

describe('the record', () => {
  /** The call as the server has it after `change`. */
  async function recordAfter(change: (room: StandInRoom, server: LivekitStandIn) => void): Promise<Fields> {
    const { server, relay } = await start();
    const { callId } = await (await relay(connect())).json();
    const [room] = server.rooms.values();
    if (room) change(room, server);
    const response = await relay(fromPage(`/calls/${callId}`));
    expect(response.status).toBe(200);
    const record = await response.json();
    expect(record.callId).toBe(callId);
    return record;
  }

  const AGENT = { sid: 'PA_1', identity: 'agent-AJ_1', kind: 'AGENT', attributes: { prompt: 'You are …' } };
  const VISITOR = { sid: 'PA_2', identity: 'visitor_abcdefghijklmnop' };
  const LONG_AGO = Date.now() - 90_000;
  const job = (agoMs: number, state: Fields = {}): Fields => ({
    id: 'AJ_1',
    state: { status: 'JS_RUNNING', started_at: String(BigInt(Date.now() - agoMs) * 1_000_000n), ...state },
  });

  it.each<[string, Fields, (room: StandInRoom, server: LivekitStandIn) => void]>([
    ['nobody is there yet', { status: 'queued', didConnect: null }, () => undefined],
    [
      'the agent waits for the visitor',
      { status: 'in_progress', didConnect: false },
      (room) => Object.assign(room, { jobs: [job(1_000)], participants: [AGENT] }),
    ],
    [
      'both are there',
      { status: 'in_progress', didConnect: true },
      (room) => Object.assign(room, { jobs: [job(60_000)], participants: [AGENT, VISITOR] }),
    ],
    [
      'a person has taken the call over',
      { status: 'in_progress', didConnect: true },
      (room) =>
        Object.assign(room, {
          jobs: [job(60_000)],
          participants: [VISITOR, { identity: 'sip_49', kind: 'SIP' }],
        }),
    ],
    [
      'the agent has gone, and its server says no more',
      { status: 'completed', failureReason: null },
      (room) => Object.assign(room, { createdMs: LONG_AGO, jobs: [job(60_000)], participants: [VISITOR] }),
    ],
    [
      'the agent has gone, and a recorder is left',
      { status: 'completed', failureReason: null },
      (room) =>
        Object.assign(room, {
          createdMs: LONG_AGO,
          jobs: [job(60_000)],
          participants: [VISITOR, { identity: 'EG_1', kind: 'EGRESS' }],
        }),
    ],
    [
      'the job is done, a moment after it began',
      { status: 'completed', failureReason: null },
      (room) =>
        Object.assign(room, { jobs: [job(3_000, { status: 'JS_SUCCESS' })], participants: [VISITOR] }),
    ],
    [
      'the job has failed',
      { status: 'failed', failureReason: 'stale_sweep' },
      (room) => Object.assign(room, { jobs: [job(3_000, { status: 'JS_FAILED' })], participants: [VISITOR] }),
    ],
    [
      'nobody has taken the job',
      { status: 'failed', failureReason: 'bot_startup_failed', didConnect: false },
      (room) => Object.assign(room, { createdMs: Date.now() - 16_000, participants: [VISITOR] }),
    ],
    [
      'the room is closed',
      { status: 'completed', failureReason: null, didConnect: null, startedAt: null },
      (room, server) => server.rooms.delete(room.name),
    ],
  ])('%s: %o', async (_, expected, change) => {
    const record = await recordAfter(change);
    expect(record).toMatchObject({ failureReason: null, channel: 'web', ...expected });
    expect(JSON.stringify(record)).not.toMatch(/prompt|agent-AJ|receptionist/);
  });

  it('cannot tell yet of an agent that is on its way, or was quick to leave, and is not there yet', async () => {
    const { server, relay } = await start();
    const { callId } = await (await relay(connect())).json();
    const [room] = server.rooms.values();
    const gone = { ...AGENT, state: 'DISCONNECTED' };
    for (const participants of [[VISITOR], [VISITOR, gone]]) {
      Object.assign(room ?? {}, { jobs: [job(1_000)], participants });
      const record = await relay(fromPage(`/calls/${callId}`));
      expect(await statusAndError(record)).toEqual([404, 'call_not_found']);
    }
  });

  it('says when the room was made', async () => {
    const record = await recordAfter(() => undefined);
    expect(Math.abs(Date.parse(String(record.startedAt)) - Date.now())).toBeLessThan(5_000);
  });

  it('is read again after a fault that passes', async () => {
    const record = await recordAfter((_, server) =>
      server.answerNext({ status: 503, body: { code: 'unavailable', msg: '' } }),
    );
    expect(record.status).toBe('queued');
  });

  it('belongs to who has the id of the call, and not to who knows the room', async () => {
    const { server, relay } = await start();
    const { roomName } = await (await relay(connect())).json();
    expect(await statusAndError(await relay(fromPage(`/calls/${roomName}`)))).toEqual([
      404,
      'call_not_found',
    ]);
    expect(server.requests).toHaveLength(1);
  });
});

describe('errors of the server', () => {
  it.each([
    [401, 'unauthenticated', 502, 'upstream_denied'],
    [403, 'permission_denied', 502, 'upstream_denied'],
    [404, 'bad_route', 502, 'upstream_error'],
    [400, 'malformed', 502, 'upstream_error'],
    [429, 'resource_exhausted', 429, 'too_many_calls'],
    [500, 'internal', 500, 'upstream_error'],
  ])('%i %s is %i %s', async (status, code, answered, error) => {
    const { server, relay } = await start();
    server.answerNext({ status, body: { code, msg: `No: ${LIVEKIT_KEY} ${LIVEKIT_SECRET}` } });
    const response = await relay(connect());
    const body = await response.json();
    expect([response.status, body.error]).toEqual([answered, error]);
    expect(JSON.stringify(body)).not.toContain(LIVEKIT_SECRET);
    expect(JSON.stringify(body)).not.toContain(LIVEKIT_KEY);
  });

  it('a wrong secret is told as such', async () => {
    const { relay } = await start({}, { apiSecret: 'another-secret-of-the-site' });
    expect(await statusAndError(await relay(connect()))).toEqual([502, 'upstream_denied']);
  });

  it('a server that is silent is given up on', async () => {
    const upstream = livekit({ url: 'wss://l.example', apiKey: 'k', apiSecret: 's', agentName: 'a' });
    const silent: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason), { once: true });
      });
    const relay = relayOf({ upstream, fetch: silent, timeoutMs: 50 });
    expect(await statusAndError(await relay(connect()))).toEqual([504, 'upstream_timeout']);
  });
});

describe('options', () => {
  const GOOD: LivekitOptions = { url: 'wss://l.example/', apiKey: 'k', apiSecret: 's3cret', agentName: 'a' };
  it.each<[string, Partial<LivekitOptions>]>([
    ['an address that is none', { url: 'l.example' }],
    ['an address of something else', { url: 'ftp://l.example' }],
    ['an address with a query', { url: 'wss://l.example?key=1' }],
    ['no key', { apiKey: '' }],
    ['a secret with a line break', { apiSecret: 'two\nlines' }],
    ['no name', { agentName: '' }],
    ['no time', { tokenSeconds: 0 }],
    ['half a second', { departureSeconds: 0.5 }],
  ])('%s is a TypeError that quotes no secret', (_, wrong) => {
    expect(() => livekit({ ...GOOD, ...wrong })).toThrow(TypeError);
    expect(() => livekit({ ...GOOD, ...wrong })).not.toThrow(/s3cret|two/);
  });

  it('takes an address for clients or for servers, and speaks to each by its own scheme', async () => {
    for (const url of ['wss://l.example/base/', 'https://l.example/base']) {
      const asked: string[] = [];
      const fetch = async (input: unknown): Promise<Response> => {
        asked.push(String(input));
        return Response.json({ name: 'x' });
      };
      const relay = relayOf({ upstream: livekit({ ...GOOD, url }), fetch });
      const { serverUrl } = await (await relay(connect())).json();
      expect([serverUrl, asked]).toEqual([
        'wss://l.example/base',
        ['https://l.example/base/twirp/livekit.RoomService/CreateRoom'],
      ]);
    }
  });
});
