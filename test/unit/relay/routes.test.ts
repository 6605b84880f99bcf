import { describe, expect, it } from 'vitest';
import { dialnexa } from '../../../src/relay.js';
import { ALLOW, CALLBACK, fromPage, KEY, relayOf, relayWith, SITE, statusAndError } from './start-relay.js';

const noUpstream = (): Response => {
  throw new Error('The upstream was asked');
};

describe('what is not allowed is not there', () => {
  it.each([
    ['GET', '/agents'],
    ['GET', '/phone-numbers'],
    ['GET', '/calls'],
    ['GET', '/calls?limit=100'],
    ['GET', '/dashboard'],
    ['GET', '/agents/agent_1/chat'],
    ['GET', '/agents/agent_1/connect'],
    ['GET', '/calls/outbound'],
    ['POST', '/calls/call_1'],
    ['POST', '/features'],
    ['PUT', '/agents/agent_1/chat'],
    ['DELETE', '/calls/call_1'],
    ['POST', '/agents/agent_1/chat/'],
    ['POST', '/agents//chat'],
    ['POST', '/agents/agent_2/chat'],
    ['POST', '/agents/constructor/chat'],
    ['GET', 'https://relay.example/'],
    ['GET', 'https://relay.example/api/widget'],
    ['GET', 'https://relay.example/api/widgets/features'],
    ['POST', 'https://relay.example/widget/agents/agent_1/chat'],
  ])('%s %s', async (method, path) => {
    const { relay, requests } = relayWith(noUpstream);
    const body = method === 'GET' || method === 'DELETE' ? undefined : { message: 'hi' };
    const response = await relay(fromPage(path, { method, ...(body && { body }) }));
    expect(response.status).toBe(404);
    expect(response.headers.get('access-control-allow-origin')).toBe(SITE);
    expect(requests).toEqual([]);
  });

  it.each([
    'agent_1%2F..%2Fagent_2',
    '..%2F..%2Fcalls',
    '%2e%2e',
    '..',
    'agent_1%00',
    'agent_1%0d%0aX-Evil: 1',
    'agent_1%',
    '%E0%A4%A',
    'agent_1%2fconnect%3f',
    'agent_1;x=1',
    'AGENT_1',
  ])('an agent by the name of %s', async (id) => {
    const { relay, requests } = relayWith(noUpstream);
    for (const action of ['chat', 'connect']) {
      const response = await relay(fromPage(`/agents/${id}/${action}`, { body: { message: 'hi' } }));
      expect(response.status).toBe(404);
    }
    expect(requests).toEqual([]);
  });

  it('an agent that only the body of a callback names', async () => {
    const { relay, requests } = relayWith(noUpstream);
    const response = await relay(fromPage('/calls/outbound', { body: { ...CALLBACK, agentId: 'agent_2' } }));
    expect(await statusAndError(response)).toEqual([404, 'agent_not_found']);
    expect(requests).toEqual([]);
  });

  it('a feature that the site does not want', async () => {
    const { relay, requests } = relayWith(noUpstream, { allow: { agents: ['agent_1'], features: ['chat'] } });
    const connect = await relay(fromPage('/agents/agent_1/connect', { body: {} }));
    expect(await statusAndError(connect)).toEqual([404, 'not_offered']);
    const outbound = await relay(fromPage('/calls/outbound', { body: CALLBACK }));
    expect(await statusAndError(outbound)).toEqual([404, 'not_offered']);
    expect(requests).toEqual([]);
  });

  it('a line or a country that the site does not pay for', async () => {
    const { relay, requests } = relayWith(() => Response.json({ callId: 'call_1' }), {
      allow: {
        agents: ['agent_1'],
        features: ['callback'],
        phoneNumberIds: ['phone_1'],
        destinations: ['+49', '+43'],
      },
    });
    const ask = async (change: object): Promise<unknown> => {
      const response = await relay(fromPage('/calls/outbound', { body: { ...CALLBACK, ...change } }));
      return response.ok ? response.status : [response.status, (await response.json()).details];
    };
    expect(await ask({})).toBe(200);
    expect(await ask({ phoneNumberId: 'phone_2' })).toEqual([400, { phoneNumberId: ['is not allowed'] }]);
    expect(await ask({ phoneNumberId: undefined })).toEqual([400, { phoneNumberId: ['is not allowed'] }]);
    expect(await ask({ destination: '+882161234567' })).toEqual([400, { destination: ['is not allowed'] }]);
    expect(requests).toHaveLength(1);
  });
});

describe('a base path', () => {
  const relayAt = (basePath: string) =>
    relayWith(noUpstream, { basePath, allow: { agents: ['agent_1'], features: ['chat'] } }).relay;
  const at = async (basePath: string, path: string): Promise<number> =>
    (await relayAt(basePath)(fromPage(`https://relay.example${path}`))).status;

  it.each([
    ['/osmtalk', '/osmtalk/api/widget/features'],
    ['/osmtalk/', '/osmtalk/api/widget/features'],
    ['/voice/relay', '/voice/relay/api/widget/features'],
    ['', '/api/widget/features'],
    ['/', '/api/widget/features'],
  ])('%j is there: %s', async (basePath, path) => {
    expect(await at(basePath, path)).toBe(200);
  });

  it.each([
    ['/osmtalk', '/api/widget/features'],
    ['/osmtalk', '/osmtalk/x/api/widget/features'],
    ['/osmtalk', '/x/osmtalk/api/widget/features'],
    ['/osmtalk', '/osmtalk//api/widget/features'],
    ['/osmtalk', '//osmtalk/api/widget/features'],
    ['/osmtalk', '/OSMTALK/api/widget/features'],
    ['/osmtalk', '/osmtalkative/api/widget/features'],
    ['/osmtalk', '/%6fsmtalk/api/widget/features'],
    ['/osmtalk', '/osmtalk/api/widget/api/widget/features'],
    ['', '/osmtalk/api/widget/features'],
    ['', '//api/widget/features'],
  ])('%j is not elsewhere: %s', async (basePath, path) => {
    expect(await at(basePath, path)).toBe(404);
  });

  it.each([
    '//api/widget/features',
    '/osmtalk//api/widget/features',
    '//osmtalk/api/widget/features',
    '/%6fsmtalk/api/widget/features',
    '/osmtalk%2fx/api/widget/features',
  ])('that is not named has one spelling all the same: %s', async (path) => {
    const { relay } = relayWith(noUpstream);
    expect((await relay(fromPage(`https://relay.example${path}`))).status).toBe(404);
  });

  it.each(['%61gent_1', 'agent%5f1', 'agent_1%2e'])('has one spelling of an agent: not %s', async (id) => {
    const { relay, requests } = relayWith(noUpstream);
    const response = await relay(fromPage(`/agents/${id}/chat`, { body: { message: 'hi' } }));
    expect(response.status).toBe(404);
    expect(requests).toEqual([]);
  });

  it('takes the spelling of the client for what needs an escape', async () => {
    const { relay } = relayWith(() => Response.json({ reply: 'Hi' }), {
      allow: { agents: ['agent/ü:1'], features: ['chat'] },
    });
    const path = `/agents/${encodeURIComponent('agent/ü:1')}/chat`;
    expect((await relay(fromPage(path, { body: { message: 'hi' } }))).status).toBe(200);
  });
});

describe('features', () => {
  it('are told without asking the upstream', async () => {
    const { relay, requests } = relayWith(noUpstream, {
      allow: { agents: ['agent_1'], features: ['callback', 'chat'], destinations: ['+49'] },
    });
    const response = await relay(fromPage('/features'));
    expect([response.status, await response.json()]).toEqual([200, { features: ['chat', 'callback'] }]);
    expect(requests).toEqual([]);
  });

  it.each([
    [['chat', 'callback'], undefined, { phoneNumberIdOptional: true }],
    [['chat'], undefined, {}],
    [['callback'], ['phone_1'], {}],
  ] as const)(
    'of a platform with a line of its own: %j, lines %j',
    async (features, phoneNumberIds, more) => {
      const upstream = {
        ...dialnexa({ apiKey: KEY, agentId: 'agt_1' }),
        features: ['chat', 'callback'] as const,
      };
      const relay = relayOf({
        upstream,
        allow: {
          agents: ['agent_1'],
          features,
          destinations: ['+49'],
          ...(phoneNumberIds && { phoneNumberIds }),
        },
      });
      expect(await (await relay(fromPage('/features'))).json()).toEqual({ features, ...more });
    },
  );
});

describe('pages', () => {
  it('may send what the client sends, from an allowed origin', async () => {
    const { relay } = relayWith(noUpstream, { pageHeaders: ['X-Bot-Token'] });
    const response = await relay(fromPage('/agents/agent_1/chat', { method: 'OPTIONS' }));
    expect([response.status, Object.fromEntries(response.headers)]).toEqual([
      204,
      {
        'access-control-allow-origin': SITE,
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'content-type, idempotency-key, x-organization-id, x-bot-token',
        'access-control-expose-headers': 'Retry-After',
        'access-control-max-age': '600',
        'cache-control': 'no-store',
        vary: 'Origin',
        'x-content-type-options': 'nosniff',
      },
    ]);
  });

  it.each(['https://evil.com', 'null', null])('of the origin %s get nothing', async (origin) => {
    const { relay, requests } = relayWith(noUpstream);
    for (const request of [
      fromPage('/agents/agent_1/chat', { origin, method: 'OPTIONS' }),
      fromPage('/agents/agent_1/chat', { origin, body: { message: 'hi' } }),
      fromPage('/agents/agent_1/connect', { origin, body: {} }),
      fromPage('/calls/outbound', { origin, body: CALLBACK }),
      fromPage('/calls/call_1', { origin }),
      fromPage('/features', { origin }),
    ]) {
      const response = await relay(request);
      expect(response.status).toBe(403);
      expect(response.headers.get('vary')).toBe('Origin');
      expect(response.headers.has('access-control-allow-origin')).toBe(false);
    }
    expect(requests).toEqual([]);
  });

  it('of the same origin may look at their call, for which browsers send no Origin', async () => {
    const { relay } = relayWith(noUpstream, { origins: ['https://relay.example'] });
    const headers = { 'sec-fetch-site': 'same-origin' };
    expect((await relay(fromPage('/features', { origin: null, headers }))).status).toBe(200);
    expect((await relay(fromPage('/features', { origin: null }))).status).toBe(403);
  });
});

describe('createRelay', () => {
  it.each([
    [{ origins: [] }],
    [{ origins: ['*'] }],
    [{ allow: { agents: [], features: ['chat'] } }],
    [{ allow: { agents: ['agent_1'], features: [] } }],
    [{ allow: { agents: ['agent_1'], features: ['admin'] } }],
    [{ secret: 'short' }],
    [{ timeoutMs: 0 }],
    [{ maxBodyBytes: Number.NaN }],
    [{ pageHeaders: ['x-good\r\nx-evil'] }],
    [{ allow: undefined }],
    [{ allow: { ...ALLOW, agents: [''] } }],
    [{ allow: { ...ALLOW, agents: ['agent_1', ' '] } }],
    [{ allow: { ...ALLOW, agents: ['agent_1 '] } }],
    [{ allow: { ...ALLOW, agents: [null] } }],
    [{ allow: { ...ALLOW, agents: 'agent_1' } }],
    [{ allow: { ...ALLOW, features: 'chat' } }],
    [{ allow: { ...ALLOW, destinations: undefined } }],
    [{ allow: { ...ALLOW, destinations: [] } }],
    [{ allow: { ...ALLOW, destinations: ['+49', ''] } }],
    [{ allow: { ...ALLOW, destinations: ['49'] } }],
    [{ allow: { ...ALLOW, destinations: '+49' } }],
    [{ allow: { ...ALLOW, phoneNumberIds: [''] } }],
    [{ allow: { ...ALLOW, phoneNumberIds: 'phone_1' } }],
    [{ allow: { ...ALLOW, variables: [''] } }],
    [{ allow: { ...ALLOW, variables: 'name' } }],
    [{ allow: { ...ALLOW, overrides: [1] } }],
    [{ allow: { ...ALLOW, agentVersions: ['1'] } }],
    [{ allow: { ...ALLOW, agentVersions: [0] } }],
    [{ origins: 'https://site.example' }],
    [{ origins: [undefined] }],
    [{ secret: '' }],
    [{ secret: undefined }],
    [{ secret: 1234567890123456 }],
    [{ secret: new Uint8Array(15) }],
    [{ basePath: 'osmtalk' }],
    [{ basePath: '//osmtalk' }],
    [{ basePath: '/osmtalk/../x' }],
    [{ basePath: '/%6fsmtalk' }],
    [{ basePath: '/osm talk' }],
    [{ basePath: 'https://site.example/osmtalk' }],
    [{ authorize: true }],
    [{ address: '127.0.0.1' }],
    [{ rateLimit: { destination: { windowMs: Number.NaN } } }],
    [{ rateLimit: { destination: { requests: 5, windowMs: Number.NaN } } }],
    [{ rateLimit: { destination: { requests: Number.POSITIVE_INFINITY, windowMs: 1 } } }],
    [{ rateLimit: { visitor: { requests: 0, windowMs: 1 } } }],
    [{ rateLimit: { visitor: { requests: -1, windowMs: 1 } } }],
    [{ rateLimit: { visitor: { requests: '60', windowMs: 60_000 } } }],
    [{ rateLimit: { visitor: 60 } }],
    [{ rateLimit: { adress: { requests: 1, windowMs: 1 } } }],
    [{ rateLimit: { store: {} } }],
  ])('does not take %j', (options) => {
    expect(() => relayWith(noUpstream, options as object)).toThrow(TypeError);
  });

  it('takes no destinations where nobody can be phoned', () => {
    const { destinations: _, ...allow } = ALLOW;
    expect(() => relayWith(noUpstream, { allow: { ...allow, features: ['chat'] } })).not.toThrow();
    expect(() => relayWith(noUpstream, { allow })).toThrow("'any'");
  });

  it('never quotes a key in what it throws', async () => {
    const { osmtalk } = await import('../../../src/relay.js');
    expect(() => osmtalk({ apiKey: `${KEY}\n` })).toThrow(expect.not.stringContaining(KEY) as Error);
    expect(() => osmtalk({ apiKey: '' })).toThrow('apiKey');
    expect(() => osmtalk({ apiKey: KEY, baseUrl: 'api.osmtalk.com' })).toThrow('baseUrl');
  });
});
