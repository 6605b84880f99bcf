import { describe, expect, it } from 'vitest';
import { clientOf, fakeApi, json } from './fake-api.js';

const everything = json({
  callId: 'call_1',
  serverUrl: 'wss://media.example',
  participantToken: 'token',
  reply: 'Hi',
  status: 'completed',
});
const list = json([]);
const outbound = { agentId: 'agent_1', phoneNumberId: 'phone_1', destination: '+12025550199' };
type Client = ReturnType<typeof clientOf>;

describe('each method asks its route', () => {
  it.each([
    ['POST', '/api/widget/agents/agent_1/connect', everything, (client: Client) => client.connect('agent_1')],
    [
      'POST',
      '/api/widget/agents/agent_1/chat',
      everything,
      (client: Client) => client.chat('agent_1', { message: 'Hi' }),
    ],
    [
      'POST',
      '/api/widget/calls/outbound',
      everything,
      (client: Client) => client.startOutboundCall(outbound),
    ],
    ['GET', '/api/widget/agents', list, (client: Client) => client.listAgents()],
    ['GET', '/api/widget/phone-numbers', list, (client: Client) => client.listPhoneNumbers()],
    ['GET', '/api/widget/calls', list, (client: Client) => client.listCalls()],
    ['GET', '/api/widget/calls/call_1', everything, (client: Client) => client.getCall('call_1')],
    ['GET', '/api/widget/dashboard', everything, (client: Client) => client.getDashboard()],
  ])('%s %s', async (method, path, answer, ask) => {
    const api = fakeApi(answer);
    await ask(clientOf(api));
    expect(api.requests).toMatchObject([{ method, url: `https://api.osmtalk.com${path}` }]);
  });
});

describe('the address', () => {
  it.each([
    ['http://localhost:4002', 'http://localhost:4002/api/widget/agents'],
    ['http://localhost:4002/', 'http://localhost:4002/api/widget/agents'],
    ['https://site.example/voice/relay', 'https://site.example/voice/relay/api/widget/agents'],
    ['https://site.example/voice/relay//', 'https://site.example/voice/relay/api/widget/agents'],
    ['/relay', '/relay/api/widget/agents'],
    ['', 'https://api.osmtalk.com/api/widget/agents'],
  ])('keeps the path prefix of the base %j', async (baseUrl, expected) => {
    const api = fakeApi(list);
    await clientOf(api, { baseUrl }).listAgents();
    expect(api.requests[0]?.url).toBe(expected);
  });

  it.each([
    ['a/b', 'a%2Fb'],
    ['../calls/outbound', '..%2Fcalls%2Foutbound'],
    ['?x=1#y', '%3Fx%3D1%23y'],
    ['Grüße 100 %', 'Gr%C3%BC%C3%9Fe%20100%20%25'],
  ])('has the id %j as one part of its path', async (id, encoded) => {
    const api = fakeApi(everything);
    const client = clientOf(api, { baseUrl: 'https://api.example' });
    await client.connect(id);
    await client.chat(id, { message: 'Hi' });
    await client.getCall(id);
    expect(api.requests.map((request) => request.url)).toEqual([
      `https://api.example/api/widget/agents/${encoded}/connect`,
      `https://api.example/api/widget/agents/${encoded}/chat`,
      `https://api.example/api/widget/calls/${encoded}`,
    ]);
  });

  it('carries every filter of the history that is set', async () => {
    const filter = {
      status: 'failed',
      agentId: 'agent_1',
      channel: 'web',
      from: '2026-11-01',
      to: '2026-11-21',
      search: 'a b&c',
      campaignId: 'campaign_1',
      failureReason: 'no_audio_output',
      limit: 20,
      offset: 40,
    };
    const api = fakeApi(list);
    await clientOf(api).listCalls(filter);
    const { searchParams } = new URL(api.requests[0]?.url ?? '');
    expect(Object.fromEntries(searchParams)).toEqual({ ...filter, limit: '20', offset: '40' });
  });

  it('has no query when no filter is set', async () => {
    const api = fakeApi(list);
    await clientOf(api).listCalls({});
    expect(api.requests[0]?.url).not.toContain('?');
  });
});

describe('the headers', () => {
  it('name key and organization when they are set', async () => {
    const api = fakeApi(everything);
    await clientOf(api, { apiKey: 'osm_1', organizationId: 'org_1' }).getCall('call_1');
    expect(api.requests[0]?.headers).toMatchObject({ 'x-api-key': 'osm_1', 'x-organization-id': 'org_1' });
  });

  it('name neither behind a relay', async () => {
    const api = fakeApi(everything);
    await clientOf(api, { apiKey: undefined, organizationId: undefined }).getCall('call_1');
    expect(api.requests[0]?.headers).toEqual({ accept: 'application/json' });
  });

  it('say that a POST brings JSON', async () => {
    const api = fakeApi(everything);
    await clientOf(api).connect('agent_1');
    expect(api.requests[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      accept: 'application/json',
    });
  });

  it('ask for a stream only when somebody wants to see the reply grow', async () => {
    const api = fakeApi(everything);
    const client = clientOf(api);
    await client.chat('agent_1', { message: 'Hi' }, { onText: () => undefined });
    await client.chat('agent_1', { message: 'Hi' });
    const accepts = api.requests.map((request) => request.headers.accept);
    expect(accepts[0]).toMatch(/^text\/event-stream\b.*application\/json/);
    expect(accepts[1]).toBe('application/json');
  });
});

describe('the body', () => {
  it('holds only what is set', async () => {
    const api = fakeApi(everything);
    const client = clientOf(api);
    await client.connect('agent_1');
    await client.connect('agent_1', { userId: undefined, agentVersion: 3 });
    await client.chat('agent_1', { message: 'Hi', sessionId: undefined });
    expect(api.requests.map((request) => request.body)).toEqual([{}, { agentVersion: 3 }, { message: 'Hi' }]);
  });

  it('holds everything that is set', async () => {
    const body = {
      dynamicVariables: { 'first name': 'Ada', plan: 2 },
      agentVersion: 3,
      userId: 'user_1',
      metadata: { page: '/' },
    };
    const api = fakeApi(everything);
    const client = clientOf(api);
    await client.connect('agent_1', body);
    await client.chat('agent_1', { ...body, message: 'Hi', sessionId: 'session_1' });
    await client.startOutboundCall({ ...outbound, agentVersion: 3 });
    expect(api.requests.map((request) => request.body)).toEqual([
      body,
      { ...body, message: 'Hi', sessionId: 'session_1' },
      { ...outbound, agentVersion: 3 },
    ]);
  });

  it('is absent from a GET', async () => {
    const api = fakeApi(everything);
    await clientOf(api).getCall('call_1');
    expect(api.requests[0]?.init).not.toHaveProperty('body');
    expect(api.requests[0]?.headers).not.toHaveProperty('content-type');
  });
});

it('follows no redirect, which would carry the key elsewhere, and trusts no cache', async () => {
  const api = fakeApi(everything);
  const client = clientOf(api);
  await client.connect('agent_1');
  await client.getCall('call_1');
  for (const { init } of api.requests) expect(init).toMatchObject({ redirect: 'manual', cache: 'no-store' });
});

it.each([
  [
    'as a browser tells of it',
    () => Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' }),
  ],
  ['301', () => new Response(null, { status: 301, headers: { location: '/elsewhere' } })],
  ['307', () => Response.redirect('https://other.example/', 307)],
])('says of a redirect what it is, and does not ask again: %s', async (_how, answer) => {
  const api = fakeApi(answer);
  const error: unknown = await clientOf(api)
    .connect('agent_1')
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'ApiError', code: 'invalid-response' });
  expect((error as Error).message).toMatch(/redirect.*base-url/);
  expect(api.requests).toHaveLength(1);
});

it('uses the fetch of the moment when none is given', async () => {
  const api = fakeApi(list);
  const client = clientOf(api, { fetch: undefined as never });
  const original = globalThis.fetch;
  globalThis.fetch = api.fetch;
  try {
    await client.listAgents();
  } finally {
    globalThis.fetch = original;
  }
  expect(api.requests).toHaveLength(1);
});
