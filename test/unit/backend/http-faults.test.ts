import { expect, it } from 'vitest';
import type { Backend } from '../../../demo/backend/start-backend.js';
import { connectTo, startTestBackend } from './start-test-backend.js';

const paths = {
  connect: '/api/widget/agents/agent_receptionist/connect',
  chat: '/api/widget/agents/agent_receptionist/chat',
  outbound: '/api/widget/calls/outbound',
};
const bodies = {
  connect: {},
  chat: { message: 'Hello' },
  outbound: { agentId: 'agent_receptionist', phoneNumberId: 'phone_demo', destination: '+15550100200' },
};
type Post = keyof typeof paths;

async function plan(backend: Backend, fault: Record<string, unknown>): Promise<Response> {
  return fetch(`${backend.url}/api/demo/faults`, { method: 'POST', body: JSON.stringify(fault) });
}

/** Over a real socket, as a page would. */
function post(
  backend: Backend,
  route: Post,
  { key, ...init }: RequestInit & { key?: string } = {},
): Promise<Response> {
  return fetch(backend.url + paths[route], {
    method: 'POST',
    body: JSON.stringify(bodies[route]),
    ...init,
    headers: {
      'x-api-key': 'osm_demo',
      ...(key && { 'idempotency-key': key }),
      ...(init.headers as Record<string, string> | undefined),
    },
  });
}

it.each(['400', '401', '402', '403', '404', '408', '429', '500', '502', '503'])(
  '%s: that status, with a body in the API’s own form',
  async (fault) => {
    const backend = await startTestBackend();
    await plan(backend, { route: 'connect', fault });
    const response = await post(backend, 'connect');
    expect(response.status).toBe(Number(fault));
    expect(response.headers.get('retry-after')).toBeNull();
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const body: unknown = await response.json();
    expect(body).toMatchObject({ error: expect.any(String), message: expect.any(String) });
    if (fault === '400') expect(body).toMatchObject({ details: { dynamicVariables: [expect.any(String)] } });
    expect(backend.requests()).toMatchObject([{ path: paths.connect, status: Number(fault) }]);
    expect(backend.liveCalls.count()).toBe(0);
  },
);

it('names the pause that it asks for', async () => {
  const backend = await startTestBackend();
  await plan(backend, { route: 'chat', fault: '429', retryAfterSeconds: 3 });
  expect((await post(backend, 'chat')).headers.get('retry-after')).toBe('3');
});

it('hang: no answer until the client gives up', async () => {
  const backend = await startTestBackend();
  await plan(backend, { route: 'connect', fault: 'hang' });
  const hanging = post(backend, 'connect', { signal: AbortSignal.timeout(300) });
  await expect(hanging).rejects.toMatchObject({ name: 'TimeoutError' });
  await expect.poll(() => backend.requests()).toMatchObject([{ path: paths.connect, status: 408 }]);
});

it('hang: does not keep the backend from closing', async () => {
  const backend = await startTestBackend();
  await plan(backend, { route: 'connect', fault: 'hang' });
  const hanging = connectTo(backend, 'agent_receptionist');
  await backend.close();
  expect((await hanging).status).toBe(408);
});

it('drop: not a byte of an answer, and the request was not carried out', async () => {
  const backend = await startTestBackend();
  await plan(backend, { route: 'connect', fault: 'drop' });
  await expect(post(backend, 'connect')).rejects.toMatchObject({ name: 'TypeError' });
  expect(backend.liveCalls.count()).toBe(0);
});

it.each<Post>(['connect', 'chat', 'outbound'])(
  'reset: half an answer of %s, which the same Idempotency-Key gets whole',
  async (route) => {
    const backend = await startTestBackend();
    await plan(backend, { route, fault: 'reset', times: 1 });
    const broken = await post(backend, route, { key: 'key_1' });
    expect(broken.status).toBe(200);
    await expect(broken.text()).rejects.toMatchObject({ name: 'TypeError' });
    const callsBefore = backend.calls.list().length;
    expect(callsBefore).toBe(1);
    expect((await post(backend, route, { key: 'key_1' })).status).toBe(200);
    expect(backend.calls.list()).toHaveLength(callsBefore);
  },
);

it('html: a page, with 200', async () => {
  const backend = await startTestBackend();
  await plan(backend, { route: 'chat', fault: 'html' });
  const response = await post(backend, 'chat');
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html']);
});

it('truncated: a complete answer with half the JSON, also where a stream was asked for', async () => {
  const backend = await startTestBackend();
  await plan(backend, { route: 'chat', fault: 'truncated' });
  const response = await post(backend, 'chat', { headers: { accept: 'text/event-stream' } });
  expect(response.headers.get('content-type')).toBe('application/json');
  const text = await response.text();
  expect(text).toMatch(/^\{"reply":"/);
  expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
});

it('wrong-types: every field of the real answer, none of its type', async () => {
  const backend = await startTestBackend();
  const { callId } = (await (await post(backend, 'connect')).json()) as { callId: string };
  const read = async (): Promise<Record<string, unknown>> => {
    const init = { headers: { 'x-api-key': 'osm_demo' } };
    return (await fetch(`${backend.url}/api/widget/calls/${callId}`, init)).json() as never;
  };
  const real = await read();
  await plan(backend, { route: 'record', fault: 'wrong-types' });
  const wrong = await read();
  expect(Object.keys(wrong)).toEqual(Object.keys(real));
  for (const [name, value] of Object.entries(real)) {
    if (value === null || typeof value !== 'object') expect(typeof wrong[name]).not.toBe(typeof value);
  }
  expect(wrong).toMatchObject({
    transcript: 'not a list',
    status: { not: 'a string' },
    didConnect: 'perhaps',
  });
});

it('huge: 10 MB that are valid JSON', async () => {
  const backend = await startTestBackend();
  await plan(backend, { route: 'connect', fault: 'huge' });
  const text = await (await post(backend, 'connect')).text();
  expect(text.length).toBeGreaterThan(10_000_000);
  expect(JSON.parse(text)).toMatchObject({
    callId: expect.any(String),
    participantToken: expect.any(String),
  });
});

it('fails as often as was asked, on that route alone, and no more once all is cleared', async () => {
  const backend = await startTestBackend();
  await plan(backend, { route: 'chat', fault: '500', times: 2 });
  const statuses: number[] = [];
  for (let sent = 0; sent < 3; sent += 1) statuses.push((await post(backend, 'chat')).status);
  expect(statuses).toEqual([500, 500, 200]);
  await plan(backend, { route: 'chat', fault: '500' });
  expect((await post(backend, 'outbound')).status).toBe(200);
  expect((await post(backend, 'chat')).status).toBe(500);
  await fetch(`${backend.url}/api/demo/faults`, { method: 'DELETE' });
  expect((await post(backend, 'chat')).status).toBe(200);
});

it('waits before it fails when asked to', async () => {
  const backend = await startTestBackend();
  await plan(backend, { route: 'chat', fault: '503', delayMs: 300 });
  const sentAt = performance.now();
  expect((await post(backend, 'chat')).status).toBe(503);
  expect(performance.now() - sentAt).toBeGreaterThan(290);
});

it.each([
  { route: 'nowhere', fault: '500' },
  { route: 'chat', fault: 'gremlins' },
  { route: 'chat', fault: '500', times: 0 },
])('refuses to plan %o', async (fault) => {
  const backend = await startTestBackend();
  const response = await plan(backend, fault);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: 'validation_failed' });
});
