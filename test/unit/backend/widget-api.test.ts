import { describe, expect, it } from 'vitest';
import { scenarios } from '../../../demo/backend/scenarios/scenarios.js';
import { callApi, chatWith, connectTo, startTestBackend } from './start-test-backend.js';

describe('connect', () => {
  it('answers where to join, with a token that names caller and room', async () => {
    const backend = await startTestBackend();
    const response = await connectTo(backend, 'agent_receptionist', {
      body: { dynamicVariables: { 'first name': 'Ada' } },
    });
    expect(response.status).toBe(200);
    const body = await response.json();
    expect(body).toMatchObject({ serverUrl: `ws://localhost:${backend.port}`, roomName: body.callId });
    const claims = JSON.parse(Buffer.from(body.participantToken.split('.')[1], 'base64url').toString());
    expect(claims.video).toMatchObject({ room: body.callId, roomJoin: true });
    expect(claims.exp - Date.now() / 1000).toBeCloseTo(600, -1);
    const record = await (await callApi(backend, `/calls/${body.callId}`)).json();
    expect(record).toMatchObject({
      status: 'queued',
      agentId: 'agent_receptionist',
      channel: 'web',
      failureReason: null,
      didConnect: false,
      recordingUrl: null,
      dynamicVariables: { 'first name': 'Ada' },
    });
  });

  it('sends a caller who came by https to wss', async () => {
    const backend = await startTestBackend();
    const response = await connectTo(backend, 'agent_receptionist', {
      headers: { 'x-forwarded-proto': 'https' },
    });
    expect((await response.json()).serverUrl).toBe(`wss://localhost:${backend.port}`);
  });

  it.each([
    ['agent_no_credit', 402, 'no_credit', null],
    ['agent_busy', 429, 'too_many_calls', '2'],
    ['agent_rate_limited', 429, 'rate_limited', '1'],
    ['agent_server_error', 503, 'unavailable', null],
    ['agent_of_nobody', 404, 'agent_not_found', null],
    ['toString', 404, 'agent_not_found', null],
  ])('%s answers %i %s', async (agentId, status, error, retryAfter) => {
    const backend = await startTestBackend();
    const response = await connectTo(backend, agentId);
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(retryAfter);
    expect(await response.json()).toEqual({ error, message: expect.any(String) });
  });

  it('can answer nonsense: HTML, and a transport nobody knows', async () => {
    const backend = await startTestBackend();
    const broken = await connectTo(backend, 'agent_broken_json');
    expect([broken.status, await broken.text()]).toEqual([200, expect.stringContaining('<!doctype html>')]);
    const unsupported = await connectTo(backend, 'agent_unsupported');
    expect(await unsupported.json()).toMatchObject({ transport: 'carrier-pigeon' });
  });

  it('hangs for agent_timeout until the client gives up', async () => {
    const backend = await startTestBackend();
    const abort = new AbortController();
    const answer = connectTo(backend, 'agent_timeout', { signal: abort.signal });
    const first = await Promise.race([answer, connectTo(backend, 'agent_receptionist')]);
    expect(first.status).toBe(200);
    abort.abort();
    expect((await answer).status).toBe(408);
  });

  it('serves as many calls as a key has lines', async () => {
    const backend = await startTestBackend();
    const first = await connectTo(backend, 'agent_receptionist', { key: 'osm_limited' });
    expect(first.status).toBe(200);
    const second = await connectTo(backend, 'agent_receptionist', { key: 'osm_limited' });
    expect([second.status, (await second.json()).error]).toEqual([429, 'too_many_calls']);
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0);
    backend.liveCalls.endAll();
    expect((await connectTo(backend, 'agent_receptionist', { key: 'osm_limited' })).status).toBe(200);
  });
});

describe('validation', () => {
  it.each([
    ['/agents/agent_receptionist/connect', { agentVersion: 'two' }, 'agentVersion'],
    ['/agents/agent_receptionist/connect', { dynamicVariables: [] }, 'dynamicVariables'],
    ['/agents/agent_receptionist/connect', [], 'body'],
    ['/agents/agent_receptionist/chat', {}, 'message'],
    ['/agents/agent_receptionist/chat', { message: '   ' }, 'message'],
    [
      '/calls/outbound',
      { agentId: 'agent_echo', phoneNumberId: 'phone_demo', destination: '12' },
      'destination',
    ],
  ])('POST %s %j answers 400 with the field %s', async (path, body, field) => {
    const response = await callApi(await startTestBackend(), path, { body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: 'validation_failed',
      message: expect.any(String),
      details: { [field]: [expect.any(String)] },
    });
  });

  it('answers 400 to broken JSON, 413 to a huge body, and ignores unknown fields', async () => {
    const backend = await startTestBackend();
    expect((await connectTo(backend, 'agent_receptionist', { body: '{"a":' })).status).toBe(400);
    expect(
      (await connectTo(backend, 'agent_receptionist', { body: { metadata: { a: 'x'.repeat(70_000) } } }))
        .status,
    ).toBe(413);
    expect((await connectTo(backend, 'agent_receptionist', { body: { fromTheFuture: 1 } })).status).toBe(200);
    expect((await connectTo(backend, 'agent_receptionist', { body: '' })).status).toBe(200);
  });

  it.each(['limit=0', 'limit=abc', 'offset=-1', 'channel=pigeon', 'from=yesterday-ish'])(
    'GET /calls?%s answers 400',
    async (query) => {
      expect((await callApi(await startTestBackend(), `/calls?${query}`)).status).toBe(400);
    },
  );
});

describe('lists', () => {
  it('lists every agent and every phone number', async () => {
    const backend = await startTestBackend();
    const { data } = await (await callApi(backend, '/agents')).json();
    expect(data.map((agent: { id: string }) => agent.id)).toEqual(Object.keys(scenarios));
    expect(data[0]).toEqual({
      id: 'agent_receptionist',
      name: 'Receptionist',
      description: expect.any(String),
    });
    const lines = await (await callApi(backend, '/phone-numbers')).json();
    expect(lines.data[0]).toEqual({
      id: 'phone_demo',
      number: expect.stringMatching(/^\+/),
      label: expect.any(String),
    });
  });

  it('answers 404 and 405 for what it does not have', async () => {
    const backend = await startTestBackend();
    expect((await callApi(backend, '/nothing')).status).toBe(404);
    expect((await callApi(backend, '/calls/call_of_nobody')).status).toBe(404);
    expect((await callApi(backend, '/calls/%E0%A4%A')).status).toBe(404);
    expect((await callApi(backend, '/agents', { body: {} })).status).toBe(405);
  });

  it('keeps a log of requests without keys', async () => {
    const backend = await startTestBackend();
    await callApi(backend, '/agents?x=1');
    await chatWith(backend, 'agent_of_nobody', { message: 'hi' }, { headers: { 'idempotency-key': 'k1' } });
    expect(backend.requests()).toMatchObject([
      { method: 'GET', path: '/api/widget/agents?x=1', status: 200 },
      { method: 'POST', path: '/api/widget/agents/agent_of_nobody/chat', status: 404, idempotencyKey: 'k1' },
    ]);
    expect(JSON.stringify(backend.requests())).not.toContain('osm_demo');
  });
});
