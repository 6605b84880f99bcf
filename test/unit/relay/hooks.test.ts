import { describe, expect, it } from 'vitest';
import type { AuditEntry, RelayCall } from '../../../src/relay.js';
import { CALLBACK, fromPage, KEY, relayWith, statusAndError } from './start-relay.js';

const OFFER = { callId: 'call_1', serverUrl: 'wss://media.example', participantToken: 'token_1' };
const offer = (): Response => Response.json(OFFER);
const connect = (more = {}) => fromPage('/agents/agent_1/connect', { body: {}, ...more });

describe('authorize', () => {
  it('keeps out whom the site does not want, and is told what for', async () => {
    const calls: RelayCall[] = [];
    const { relay, requests } = relayWith(offer, {
      authorize: (request, call) => {
        calls.push(call);
        return request.headers.get('cookie') === 'session=ada';
      },
    });
    expect(await statusAndError(await relay(connect()))).toEqual([403, 'not_authorized']);
    expect(await statusAndError(await relay(fromPage('/features')))).toEqual([403, 'not_authorized']);
    expect(requests).toEqual([]);
    expect((await relay(connect({ headers: { cookie: 'session=ada' } }))).status).toBe(200);
    expect(calls).toEqual([
      { action: 'voice', agentId: 'agent_1', visitor: null },
      { action: 'features', agentId: null, visitor: null },
      { action: 'voice', agentId: 'agent_1', visitor: null },
    ]);
  });

  it('decides about a request without Origin, and not about one of another origin', async () => {
    const { relay, requests } = relayWith(offer, { authorize: async () => true });
    expect((await relay(connect({ origin: null }))).status).toBe(200);
    expect((await relay(connect({ origin: 'https://evil.com' }))).status).toBe(403);
    expect(requests).toHaveLength(1);
  });

  it('lets nobody in when it throws', async () => {
    const { relay, requests } = relayWith(offer, {
      authorize: () => Promise.reject(new Error('postgres://user:password@db')),
    });
    const response = await relay(connect());
    expect(await statusAndError(response.clone())).toEqual([500, 'relay_failed']);
    expect(await response.text()).not.toContain('postgres');
    expect(requests).toEqual([]);
  });
});

describe('botCheck', () => {
  it('is asked before anything goes up, and not for reading', async () => {
    const asked: string[] = [];
    const { relay, requests } = relayWith(offer, {
      pageHeaders: ['x-bot-token'],
      botCheck: (request, { action }) => {
        asked.push(action);
        return request.headers.get('x-bot-token') === 'human';
      },
    });
    expect(await statusAndError(await relay(connect()))).toEqual([403, 'bot_check_failed']);
    const response = await relay(connect({ headers: { 'x-bot-token': 'human' } }));
    expect(response.status).toBe(200);
    await relay(fromPage('/features'));
    await relay(fromPage(`/calls/${(await response.json()).callId}`));
    expect(asked).toEqual(['voice', 'voice']);
    expect(requests[0]?.headers).not.toHaveProperty('x-bot-token');
  });
});

describe('dynamicVariables', () => {
  it('win over what the page has sent', async () => {
    const { relay, requests } = relayWith(offer, {
      dynamicVariables: (request, { action }) => ({
        plan: 'free',
        action,
        origin: request.headers.get('origin'),
      }),
    });
    await relay(connect({ body: { dynamicVariables: { plan: 'enterprise', name: 'Ada' } } }));
    await relay(fromPage('/calls/outbound', { body: CALLBACK }));
    const origin = 'https://site.example';
    expect(requests.map(({ body }) => (body as { dynamicVariables: unknown }).dynamicVariables)).toEqual([
      { plan: 'free', name: 'Ada', action: 'voice', origin },
      { plan: 'free', action: 'callback', origin },
    ]);
  });
});

describe('audit', () => {
  it('says what happened, without a secret, a number or a word', async () => {
    const entries: AuditEntry[] = [];
    const { relay } = relayWith(
      ({ url }) => (url.includes('outbound') ? Response.json({}, { status: 401 }) : offer()),
      { audit: (entry) => void entries.push(entry) },
    );
    const { callId } = await (
      await relay(connect({ body: { userId: 'ada', metadata: { note: 'private' } } }))
    ).json();
    await relay(
      fromPage('/calls/outbound', { body: { ...CALLBACK, dynamicVariables: { note: 'private' } } }),
    );
    await relay(fromPage('/agents/agent_2/chat', { body: { message: 'private' } }));
    await relay(fromPage('/dashboard', { origin: 'https://evil.com' }));
    const common = { at: expect.any(String), upstream: 'osmtalk', durationMs: expect.any(Number) };
    const origin = 'https://site.example';
    const visitor = expect.stringMatching(/^[\w-]{16}$/) as string;
    expect(entries).toEqual([
      {
        ...common,
        action: 'voice',
        agentId: 'agent_1',
        visitor,
        origin,
        status: 200,
        outcome: 'ok',
        upstreamStatus: 200,
        callId: 'call_1',
      },
      {
        ...common,
        action: 'callback',
        agentId: 'agent_1',
        visitor,
        origin,
        status: 502,
        outcome: 'upstream_denied',
        upstreamStatus: 401,
        callId: null,
      },
      {
        ...common,
        action: 'chat',
        agentId: null,
        visitor: null,
        origin,
        status: 404,
        outcome: 'agent_not_found',
        upstreamStatus: null,
        callId: null,
      },
      {
        ...common,
        action: null,
        agentId: null,
        visitor: null,
        origin: null,
        status: 403,
        outcome: 'origin_not_allowed',
        upstreamStatus: null,
        callId: null,
      },
    ]);
    expect(callId).toContain('call_1.');
    const log = JSON.stringify(entries);
    for (const secret of [KEY, CALLBACK.destination, 'private', 'ada', callId, 'token_1'])
      expect(log).not.toContain(secret);
  });

  it('comes at the end of a stream, and tells how it ended', async () => {
    const entries: AuditEntry[] = [];
    const say = (): Request =>
      fromPage('/agents/agent_1/chat', { body: { message: 'hi' }, headers: { accept: 'text/event-stream' } });
    const answers = [
      'data: {"delta":"a"}\n\ndata: {"done":true}\n\n',
      'data: {"delta":"a"}\n\ndata: {oops\n\n',
    ];
    const { relay } = relayWith(
      () => new Response(answers.shift(), { headers: { 'content-type': 'text/event-stream' } }),
      { audit: (entry) => void entries.push(entry) },
    );
    const first = await relay(say());
    expect(entries).toEqual([]);
    await first.text();
    await (await relay(say())).text();
    expect(entries.map(({ status, outcome }) => [status, outcome])).toEqual([
      [200, 'ok'],
      [200, 'bad_answer'],
    ]);
  });

  it('may fail without a consequence', async () => {
    for (const audit of [
      () => Promise.reject(new Error('full')),
      () => {
        throw new Error('full');
      },
    ]) {
      const { relay } = relayWith(offer, { audit });
      expect((await relay(connect())).status).toBe(200);
    }
  });
});

describe('rate limits', () => {
  const limit = (requests: number) => ({ requests, windowMs: 60_000 });

  it('of an address that the site tells, whatever headers say', async () => {
    const { relay, requests } = relayWith(offer, {
      rateLimit: { address: limit(2) },
      address: (request) => request.headers.get('x-from-proxy') ?? undefined,
    });
    const from = (address: string, forwarded: string) =>
      relay(connect({ headers: { 'x-from-proxy': address, 'x-forwarded-for': forwarded } }));
    expect((await from('1.1.1.1', '9.9.9.1')).status).toBe(200);
    expect((await from('1.1.1.1', '9.9.9.2')).status).toBe(200);
    const refused = await from('1.1.1.1', '9.9.9.3');
    expect(await statusAndError(refused.clone())).toEqual([429, 'rate_limited']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await from('2.2.2.2', '9.9.9.3')).status).toBe(200);
    expect(requests).toHaveLength(3);
  });

  it('of a whole IPv6 network, of which one visitor has all addresses', async () => {
    const { relay } = relayWith(offer, {
      rateLimit: { address: limit(2) },
      address: (request) => request.headers.get('x-from-proxy') ?? undefined,
    });
    const statuses: number[] = [];
    for (const address of ['2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8:0:1::3']) {
      statuses.push((await relay(connect({ headers: { 'x-from-proxy': address } }))).status);
    }
    expect(statuses).toEqual([200, 200, 429, 200]);
  });

  it('of a visitor, who is known by their ids', async () => {
    const { relay } = relayWith(() => Response.json({ reply: 'Hello', sessionId: 'chat_1' }), {
      rateLimit: { visitor: limit(2) },
    });
    const say = (body: object) =>
      relay(fromPage('/agents/agent_1/chat', { body: { message: 'hi', ...body } }));
    const { sessionId } = await (await say({})).json();
    expect((await say({ sessionId })).status).toBe(200);
    expect((await say({ sessionId })).status).toBe(200);
    expect((await say({ sessionId })).status).toBe(429);
    expect((await say({})).status).toBe(200);
  });

  it('of paid calls, and of calls to one number', async () => {
    const { relay, requests } = relayWith(() => Response.json({ callId: 'call_1' }), {
      rateLimit: { callback: limit(4), destination: limit(2) },
    });
    const phone = async (destination: string) =>
      (await relay(fromPage('/calls/outbound', { body: { ...CALLBACK, destination } }))).status;
    expect([await phone('+4930000001'), await phone('+4930000001'), await phone('+4930000001')]).toEqual([
      200, 200, 429,
    ]);
    expect([await phone('+4930000002'), await phone('+4930000003')]).toEqual([200, 429]);
    expect(requests).toHaveLength(3);
  });

  it('are not used up by asking what is offered', async () => {
    const { relay } = relayWith(offer, { rateLimit: { shared: limit(1) } });
    for (let asked = 0; asked < 5; asked++) expect((await relay(fromPage('/features'))).status).toBe(200);
    expect((await relay(connect())).status).toBe(200);
  });
});
