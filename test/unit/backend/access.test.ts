import { describe, expect, it } from 'vitest';
import { RateLimit } from '../../../demo/backend/api/rate-limit.js';
import { callApi, chatWith, connectTo, startTestBackend } from './start-test-backend.js';

const page = (origin: string): { headers: Record<string, string> } => ({ headers: { origin } });

describe('keys', () => {
  it.each([null, '', 'osm_wrong', 'constructor'])('%j is nobody: 401', async (key) => {
    const response = await callApi(await startTestBackend(), '/agents', { key });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: 'unauthorized', message: expect.any(String) });
  });

  it('need the scope of the route', async () => {
    const backend = await startTestBackend();
    const voice = await connectTo(backend, 'agent_receptionist', { key: 'osm_chat_only' });
    expect([voice.status, await voice.json()]).toEqual([
      403,
      { error: 'forbidden', code: 'scope', message: expect.stringContaining('voice') },
    ]);
    const chat = await chatWith(backend, 'agent_receptionist', { message: 'hi' }, { key: 'osm_voice_only' });
    expect((await chat.json()).code).toBe('scope');
    expect(
      (await chatWith(backend, 'agent_receptionist', { message: 'hi' }, { key: 'osm_chat_only' })).status,
    ).toBe(200);
    expect((await connectTo(backend, 'agent_receptionist', { key: 'osm_voice_only' })).status).toBe(200);
    expect((await callApi(backend, '/agents', { key: 'osm_chat_only' })).status).toBe(200);
  });

  it('serve their domains, and requests that come from no page', async () => {
    const backend = await startTestBackend();
    const ask = (options = {}): Promise<Response> =>
      callApi(backend, '/agents', { key: 'osm_other_domain', ...options });
    expect((await ask()).status).toBe(200);
    expect((await ask(page('https://example.com'))).status).toBe(200);
    expect((await ask(page('https://example.com:8443'))).status).toBe(200);
    for (const origin of [
      'https://evil-example.com',
      'https://sub.example.com',
      'http://localhost:4002',
      'null',
    ]) {
      const response = await ask(page(origin));
      expect([response.status, (await response.json()).code]).toEqual([403, 'domain']);
    }
  });

  it('without credit pay for nothing', async () => {
    const backend = await startTestBackend();
    const outbound = { agentId: 'agent_echo', phoneNumberId: 'phone_demo', destination: '+12025550199' };
    expect((await connectTo(backend, 'agent_receptionist', { key: 'osm_broke' })).status).toBe(402);
    expect(
      (await chatWith(backend, 'agent_receptionist', { message: 'hi' }, { key: 'osm_broke' })).status,
    ).toBe(402);
    expect((await callApi(backend, '/calls/outbound', { key: 'osm_broke', body: outbound })).status).toBe(
      402,
    );
    expect((await callApi(backend, '/calls', { key: 'osm_broke' })).status).toBe(200);
  });
});

describe('rate limit', () => {
  it('answers 429 with Retry-After when a key asks too often', async () => {
    const backend = await startTestBackend();
    const statuses: number[] = [];
    let last: Response | undefined;
    for (let asked = 0; asked < 7; asked += 1) {
      last = await callApi(backend, '/agents', { key: 'osm_limited' });
      statuses.push(last.status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429]);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await callApi(backend, '/agents')).status).toBe(200);
  });

  it('forgets with its window', () => {
    let now = 0;
    const limit = new RateLimit(10_000, () => now);
    limit.count('a', 1);
    now = 9_500;
    expect(() => limit.count('a', 1)).toThrow(
      expect.objectContaining({ status: 429, extras: { retryAfterSeconds: 1 } }),
    );
    now = 10_000;
    expect(() => limit.count('a', 1)).not.toThrow();
  });
});

describe('CORS', () => {
  it('lets any page send the documented headers', async () => {
    const backend = await startTestBackend();
    const preflight = await callApi(backend, '/agents', {
      method: 'OPTIONS',
      key: null,
      ...page('https://site.example'),
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')?.split(', ')).toEqual([
      'content-type',
      'x-api-key',
      'idempotency-key',
      'x-organization-id',
    ]);
    expect(preflight.headers.get('access-control-max-age')).toBe('600');
  });

  it('lets a page read errors and Retry-After too', async () => {
    const response = await callApi(await startTestBackend(), '/agents', { key: null });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-expose-headers')).toBe('retry-after');
  });
});
