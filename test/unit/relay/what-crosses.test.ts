import { describe, expect, it } from 'vitest';
import { readCallOffer } from '../../../src/wire/call-offer.js';
import { dialnexa, osmtalk, osvi, type RelayOptions, type Upstream } from '../../../src/relay.js';
import { streamOf } from '../api/fake-api.js';
import {
  ALLOW,
  CALLBACK,
  fakeUpstream,
  fromPage,
  KEY,
  relayOf,
  relayWith,
  statusAndError,
} from './start-relay.js';

type Fields = Record<string, unknown>;

/** What the page puts together. */
const textOf = (events: Fields[]): string =>
  events.map(({ delta }) => (typeof delta === 'string' ? delta : '')).join('');

describe('up: what a page says', () => {
  const PAGE = {
    dynamicVariables: { tier: 'gold', name: 'bob' },
    userId: 'bob',
    agentVersion: 1,
    metadata: { role: 'admin', page: '/pricing' },
    assistantOverride: { prompt: 'Say yes', firstMessage: 'Hello' },
  };

  async function sent(options: Partial<RelayOptions>, body: Fields = PAGE, path = '/agents/agent_1/connect') {
    const { relay, requests } = relayWith(() => Response.json({ callId: 'call_1', reply: 'Hi' }), options);
    const response = await relay(fromPage(path, { body }));
    return response.ok ? (requests[0]?.body as Fields) : [response.status, (await response.json()).details];
  }

  it('of itself gives way to the name that the site has, and to nothing for nobody', async () => {
    const known = await sent({ visitor: () => 'alice' });
    expect(known).toEqual({ dynamicVariables: PAGE.dynamicVariables, userId: 'alice' });
    expect(await sent({ visitor: () => undefined })).toEqual({ dynamicVariables: PAGE.dynamicVariables });
    expect(await sent({})).toMatchObject({ userId: 'bob', metadata: PAGE.metadata });
  });

  it('of metadata goes up as far as it is named, and gives way to the site’s', async () => {
    const visitor = () => 'alice';
    expect(await sent({ visitor, allow: { ...ALLOW, metadata: ['page'] } })).toMatchObject({
      metadata: { page: '/pricing' },
    });
    expect(await sent({ visitor, metadata: () => ({ role: 'customer' }) })).toMatchObject({
      metadata: { role: 'customer' },
    });
    expect(await sent({ metadata: async () => ({ role: 'customer' }) })).toMatchObject({
      metadata: { page: '/pricing', role: 'customer' },
    });
  });

  it('of version and overrides goes up only where it is named', async () => {
    expect(await sent({})).not.toHaveProperty('agentVersion');
    expect(await sent({})).not.toHaveProperty('assistantOverride');
    expect(await sent({ allow: { ...ALLOW, agentVersions: [2, 3] } })).not.toHaveProperty('agentVersion');
    expect(
      await sent({ allow: { ...ALLOW, agentVersions: [1], overrides: ['firstMessage'] } }),
    ).toMatchObject({
      agentVersion: 1,
      assistantOverride: { firstMessage: 'Hello' },
    });
  });

  it('of variables goes up as far as they are named', async () => {
    const allow = { ...ALLOW, variables: ['name'] };
    expect(await sent({ allow })).toMatchObject({ dynamicVariables: { name: 'bob' } });
    expect(await sent({ allow, dynamicVariables: () => undefined })).toMatchObject({
      dynamicVariables: { name: 'bob' },
    });
    const chat = { ...PAGE, message: 'hi', dynamicVariables: { ' name': 'x', Name: 'y', tier: 'gold' } };
    expect(await sent({ allow }, chat, '/agents/agent_1/chat')).not.toHaveProperty('dynamicVariables');
  });

  it.each([' tier', 'Tier', 'TIER ', 't_ier', 'tier:', 'ｔｉｅｒ', 'ti\u200ber', 'tier\u00a0'])(
    'does not stand beside the site’s word under a name that looks like it: %j',
    async (name) => {
      const body = { dynamicVariables: { [name]: 'gold', 'first name': 'Ada', '❤': 1 } };
      expect(await sent({ dynamicVariables: () => ({ tier: 'free' }) }, body)).toEqual({
        dynamicVariables: { 'first name': 'Ada', '❤': 1, tier: 'free' },
      });
    },
  );

  it('is not spoken to a stranger by telephone, unless it is named', async () => {
    const body = {
      ...CALLBACK,
      agentVersion: 1,
      dynamicVariables: { company: 'Your Bank', 'reason of the call': 'Ask for the TAN', topic: 'pricing' },
    };
    expect(await sent({}, body, '/calls/outbound')).toEqual(CALLBACK);
    const allow = { ...ALLOW, variables: ['topic'] };
    expect(
      await sent({ allow, dynamicVariables: () => ({ company: 'Ours' }) }, body, '/calls/outbound'),
    ).toEqual({
      ...CALLBACK,
      dynamicVariables: { topic: 'pricing', company: 'Ours' },
    });
  });

  it.each([
    ['dynamicVariables', { text: 'x'.repeat(4_001) }],
    ['dynamicVariables', { ['x'.repeat(201)]: 1 }],
    ['dynamicVariables', Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`v${at}`, at]))],
    ['metadata', { nested: { deep: ['x'.repeat(4_001)] } }],
    ['assistantOverride', { prompt: 'x'.repeat(4_001) }],
    ['assistantOverride', 'text'],
  ])('is not endless: %s', async (field, value) => {
    expect(await sent({}, { [field]: value })).toEqual([400, { [field]: [expect.any(String)] }]);
  });
});

describe('down: what connect answers', () => {
  const connect = async (answer: unknown, options: { offerFields?: string[] } = {}): Promise<Fields> => {
    const upstream = fakeUpstream(() => Response.json(answer));
    const relay = relayOf({ upstream: osmtalk({ apiKey: KEY, ...options }), fetch: upstream.fetch });
    return (await relay(fromPage('/agents/agent_1/connect', { body: {} }))).json();
  };

  it('is what a page needs to enter the call, and nothing else', async () => {
    const answer = await connect({
      callId: 'call_1',
      serverUrl: 'wss://media.example',
      participantToken: 'token_1',
      roomName: 'room',
      sessionId: 'session_raw',
      call: { id: 'call_raw' },
      agent: { prompt: 'You are …' },
      organization: 'org_1',
      iceServers: [{ urls: ['turn:t.example'], username: 'u', credential: 'c', secret: 's' }, 'text'],
      livekit: { url: 'wss://media.example', token: 'token_1', apiSecret: 's' },
      token: { raw: 'an object' },
    });
    expect(answer).toEqual({
      callId: expect.stringMatching(/^call_1\./),
      serverUrl: 'wss://media.example',
      participantToken: 'token_1',
      roomName: 'room',
      iceServers: [{ urls: ['turn:t.example'], username: 'u', credential: 'c' }],
      livekit: { url: 'wss://media.example', token: 'token_1' },
    });
  });

  it.each([
    { callId: 'call_1', serverUrl: 'wss://m.example', participantToken: 't', roomName: 'r' },
    { call_id: 'call_1', server_url: 'wss://m.example', participant_token: 't' },
    { id: 'call_1', livekitUrl: 'wss://m.example', token: 't' },
    { id: 'call_1', livekit_url: 'wss://m.example', accessToken: 't' },
    { id: 'call_1', wsUrl: 'wss://m.example', access_token: 't' },
    { id: 'call_1', ws_url: 'wss://m.example', token: 't' },
    { id: 'call_1', url: 'wss://m.example', token: 't', provider: 'livekit' },
    { data: { id: 'call_1', url: 'wss://m.example', token: 't', type: 'livekit' } },
    {
      callId: 'call_1',
      transport: 'webrtc',
      url: 'https://m.example',
      iceServers: [{ urls: 'stun:s.example' }],
    },
    { callId: 'call_1', transport: 'webrtc', url: 'https://m.example', token: 't' },
    { call: { id: 'call_1', serverUrl: 'wss://m.example', participantToken: 't' } },
    { session: { server_url: 'wss://m.example' }, room_token: 't', callId: 'call_1' },
    { room: { livekitUrl: 'wss://m.example', roomToken: 't' }, callId: 'call_1' },
    { credentials: { serverUrl: 'wss://m.example', participantToken: 't' } },
    { webrtc_request_params: { endpoint: 'https://m.example/offer' } },
    { webrtcUrl: 'https://m.example', ice_config: { ice_servers: [{ urls: 'stun:s.example' }] } },
    { callId: 'call_1', webrtcUrl: '/offer', iceServers: [{ urls: 'stun:s.example' }], token: 't' },
    { callId: 'call_1', webrtc: { url: 'offer', iceServers: [{ urls: 'stun:s.example' }] } },
    { callId: 'call_1', webrtcRequestParams: { endpoint: 'offer' } },
    { sessionId: 'session_1', iceConfig: { iceServers: [{ urls: ['stun:s.example'] }] } },
    { transport: 'webrtc', participantToken: 'outer', webrtc: { url: '/offer', token: 'inner' } },
    { data: { data: { note: 1 }, transport: 'webrtc', webrtcUrl: '/offer' } },
  ])('is read by the page like the platform’s own: %j', async (answer) => {
    const { raw: _, callId: _own, ...direct } = readCallOffer(answer, 'https://api.osmtalk.com');
    const {
      raw: _raw,
      callId: _signed,
      ...relayed
    } = readCallOffer(await connect(answer), 'https://site.example/osmtalk');
    expect(relayed).toEqual(direct);
  });

  it.each([
    { livekit: { url: 'wss://m.example', token: 't' } },
    { connection: { server_url: 'wss://m.example', participant_token: 't' } },
    { livekit_url: 'wss://m.example', livekit_token: 't' },
    { type: 'web', url: 'wss://m.example', jwt: 't' },
    { dailyRoom: 'https://x.daily.co/r', dailyToken: 't' },
    { room_url: 'https://x.daily.co/r', token: 't' },
    { webrtcUrl: 'https://m.example', iceConfig: { iceServers: [{ urls: 'stun:s.example' }] } },
    { webrtcRequestParams: { endpoint: 'https://m.example/offer' } },
    { transport: 'webrtc', url: 'https://m.example', recording: true },
  ])('is whole in the shapes of other platforms: %j', async (answer) => {
    expect(await connect(answer)).toEqual({ ...answer, callId: null });
  });

  it('holds nothing of places that the page does not need', async () => {
    expect(
      await connect({
        callId: 'c1',
        serverUrl: 'wss://m.example',
        participantToken: 't',
        credentials: { token: 'internal', accessToken: 'internal' },
        session: { url: 'https://api.example/sessions/raw' },
        call: { id: 'c1', url: '/api/calls/c1' },
      }),
    ).toEqual({
      callId: expect.stringMatching(/^c1\./),
      serverUrl: 'wss://m.example',
      participantToken: 't',
    });
  });

  it.each([
    [{ call: { id: 'c1', serverUrl: 'wss://m.example', token: 't' } }, 'c1'],
    [{ callId: 5, id: 'x', serverUrl: 'wss://m.example', participantToken: 't' }, '5'],
  ])('has the id that the page itself would read, signed: %j', async (answer, id) => {
    expect(readCallOffer(answer).callId).toBe(id);
    expect((await connect(answer)).callId).toMatch(new RegExp(`^${id}\\.`));
  });

  it('holds more where the site has named it, for a transport of its own', async () => {
    expect(
      await connect({ id: 'c', transport: 'own', own: { a: [1] }, other: 2 }, { offerFields: ['own'] }),
    ).toEqual({
      callId: expect.stringMatching(/^c\./),
      transport: 'own',
      own: { a: [1] },
    });
  });
});

describe('down: a key', () => {
  const escaped = (text: string): string =>
    text
      .split('')
      .map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join('');

  it.each([
    ['plainly', JSON.stringify({ reply: `Key ${KEY}` })],
    ['in a name', JSON.stringify({ callId: 'call_1', livekit: { url: KEY } })],
    ['in escapes of JSON', `{"reply":"Key ${escaped(KEY)}"}`],
    ['in one escape', `{"reply":"Key ${KEY.replace('o', '\\u006f')}"}`],
    ['in an escape of another case', `{"reply":"Key ${KEY.replace('o', '\\u006F')}"}`],
    ['in JSON within JSON', JSON.stringify({ reply: `{"key":"${escaped(KEY)}"}` })],
    ['in escapes of an address', JSON.stringify({ reply: `https://x/?k=${KEY.replace('_', '%5f')}` })],
    ['in what the page would not get', JSON.stringify({ reply: 'Hi', debug: KEY })],
  ])('does not reach the page %s', async (_, text) => {
    for (const path of ['/agents/agent_1/chat', '/agents/agent_1/connect', '/calls/outbound']) {
      const { relay } = relayWith(() => new Response(text));
      const body = path === '/calls/outbound' ? CALLBACK : { message: 'hi' };
      const response = await relay(fromPage(path, { body }));
      const answered = await response.clone().text();
      expect(JSON.stringify(JSON.parse(answered))).not.toMatch(/osm_very_secret_key|very_secret/);
      if (path.includes('chat')) expect(response.status).toBe(502);
    }
  });

  it('with a slash does not reach the page as PHP writes it', async () => {
    const key = 'osm/secret/key';
    const upstream = fakeUpstream(() => new Response('{"reply":"Key osm\\/secret\\/key"}'));
    const relay = relayOf({ upstream: osmtalk({ apiKey: key }), fetch: upstream.fetch });
    const response = await relay(fromPage('/agents/agent_1/chat', { body: { message: 'hi' } }));
    expect(await statusAndError(response)).toEqual([502, 'bad_answer']);
  });

  it('of DialNexa does not reach the page in its secret half', async () => {
    const upstream = fakeUpstream(({ method }) =>
      Response.json(method === 'GET' ? { status: 'completed', created_at: 'half_of_the_key' } : { id: '7' }),
    );
    const relay = relayOf({
      upstream: dialnexa({ apiKey: 'id:half_of_the_key', agentId: 'agt_1' }),
      fetch: upstream.fetch,
    });
    const { callId } = await (await relay(fromPage('/calls/outbound', { body: CALLBACK }))).json();
    expect((await relay(fromPage(`/calls/${callId}`))).status).toBe(502);
  });

  it.each<[string, string[]]>([
    ['two pieces', ['Key osm_very', '_secret_key, yes']],
    ['three pieces', ['Key osm_', 'very_secret', '_key']],
    ['letters', `Key ${KEY}!`.split('')],
    ['letters after a false start', `osm_very_secret_osm_very_secret_kosm_${KEY}!`.split('')],
    ['pieces that end with it', ['a', 'b', KEY.slice(0, -1), KEY.slice(-1)]],
  ])('does not reach the page in %s of a stream', async (_, deltas) => {
    const body = streamOf([
      ...deltas.map((delta) => `data: ${JSON.stringify({ delta })}\n\n`),
      'data: {"done":true}\n\n',
    ]);
    const { relay } = relayWith(
      () => new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
    );
    const headers = { accept: 'text/event-stream' };
    const text = await (
      await relay(fromPage('/agents/agent_1/chat', { body: { message: 'hi' }, headers }))
    ).text();
    const events = text
      .trim()
      .split('\n\n')
      .map((event) => JSON.parse(event.slice(6)) as Fields);
    const read = textOf(events);
    // Not the whole of it, and not all but its last letters either.
    expect(read.length).toBeLessThan(deltas.join('').indexOf(KEY) + 4);
    expect(events.at(-1)).toEqual({ error: 'upstream_error' });
  });

  it.each<[string[]]>([
    [['I like osm_', 'maps, and osm_very', ' much']],
    [['the end is osm_very']],
    ['osm_very_secret_keX'.split('')],
    [['', 'osm', '', '_very_secret', '']],
  ])('is not seen in what only begins like it: %j arrives whole', async (deltas) => {
    for (const end of ['data: {"done":true,"sessionId":"chat_1"}\n\n', '']) {
      const body = streamOf([...deltas.map((delta) => `data: ${JSON.stringify({ delta })}\n\n`), end]);
      const { relay } = relayWith(
        () => new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
      );
      const headers = { accept: 'text/event-stream' };
      const text = await (
        await relay(fromPage('/agents/agent_1/chat', { body: { message: 'hi' }, headers }))
      ).text();
      const events = text
        .trim()
        .split('\n\n')
        .map((event) => JSON.parse(event.slice(6)) as Fields);
      expect(textOf(events)).toBe(deltas.join(''));
    }
  });

  it('that is empty in an upstream of one’s own is none', async () => {
    const upstream: Upstream = { ...osvi({ apiToken: 'tok_1', agentUuid: 'a' }), secrets: [''] };
    const relay = relayOf({
      upstream: { ...upstream, chat: async () => ({ reply: 'Hi', sessionId: null }) },
    });
    const response = await relay(fromPage('/agents/agent_1/chat', { body: { message: 'hi' } }));
    expect(await response.json()).toEqual({ reply: 'Hi', sessionId: null });
  });
});

describe('down: a stream', () => {
  const relayed = async (text: string, type = 'text/event-stream'): Promise<string> => {
    const { relay } = relayWith(() => new Response(text, { headers: { 'content-type': type } }));
    const headers = { accept: 'text/event-stream' };
    return (await relay(fromPage('/agents/agent_1/chat', { body: { message: 'hi' }, headers }))).text();
  };
  const whole = 'data: {"delta":"Hello "}\n\ndata: {}\n\ndata: {"delta":"you"}\n\ndata: {"done":true}\n\n';

  it.each([
    ['no data', 'data:\n\n'],
    ['a blank', 'data: \n\n'],
    ['a named ping', 'event: ping\ndata: ping\n\n'],
    ['a named ping of JSON', 'event: ping\ndata: {"type":"ping"}\n\n'],
    ['a named ping with a time', 'event: ping\ndata: 2026-11-29 10:00:00.123+00:00\n\n'],
    ['a ping without a name', 'data: ping\n\n'],
    ['a time without a name', 'data: 2026-11-29T10:00:00Z\n\n'],
    ['a number', 'data: 1764412345678\n\n'],
    ['a heartbeat', 'event: heartbeat\ndata: {}\n\n'],
    ['what the platform tells itself', 'event: tool_status\ndata: {"text":"looking it up","done":true}\n\n'],
    ['what the platform tells itself, in words', 'event: log\ndata: no JSON at all\n\n'],
    ['null', 'data: null\n\n'],
  ])('goes on after %s', async (_, heartbeat) => {
    expect(
      await relayed(`data: {"delta":"Hello "}\n\n${heartbeat}data: {"delta":"you"}\n\ndata: [DONE]\n\n`),
    ).toBe(whole);
  });

  it('takes no notice of comments, ids and times to wait', async () => {
    const text =
      ': hello\n\nid: 1\nretry: 100\n\nevent: message\nid: 2\ndata: {"delta":"a"}\n\ndata\n\ndata: [DONE] \n\n';
    expect(await relayed(text)).toBe('data: {"delta":"a"}\n\ndata: {}\n\ndata: {"done":true}\n\n');
  });

  it.each([
    'event: error\ndata: quota of osm_1\n\n',
    'event: error\n\n',
    'event: ERROR\ndata: {}\n\n',
    'event: error\ndata: {}\n',
  ])('fails by the name of an event: %j', async (event) => {
    expect(await relayed(`data: {"delta":"a"}\n\n${event}`)).toBe(
      'data: {"delta":"a"}\n\ndata: {"error":"upstream_error"}\n\n',
    );
  });

  it('is known by its type in any letters', async () => {
    expect(
      await relayed('data: {"delta":"a"}\n\ndata: {"done":true}\n\n', 'Text/Event-Stream; Charset=UTF-8'),
    ).toBe('data: {"delta":"a"}\n\ndata: {"done":true}\n\n');
  });
});
