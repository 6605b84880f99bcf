import { describe, expect, it } from 'vitest';
import { dialnexa, osmtalk } from '../../../src/relay.js';
import { ALLOW, CALLBACK, fakeUpstream, fromPage, KEY, relayOf, relayWith, SECRET } from './start-relay.js';

const RECORD = { status: 'completed', transcript: [{ role: 'user', text: 'my IBAN is DE00' }] };
const bySession = {
  visitor: (request: Request) => request.headers.get('cookie') ?? undefined,
};

/** osmTalk, where every call and conversation has an id of its own. */
function platform() {
  let id = 0;
  return fakeUpstream(({ method }) =>
    Response.json(
      method === 'GET' ? RECORD : { callId: `call_${++id}`, reply: 'Hi', sessionId: `chat_${id}` },
    ),
  );
}

const as = (cookie: string | null): { headers: Record<string, string> } => ({
  headers: cookie === null ? {} : { cookie },
});
type Relay = (request: Request) => Promise<Response>;

async function connect(relay: Relay, who: string | null): Promise<string> {
  return (await (await relay(fromPage('/agents/agent_1/connect', { body: {}, ...as(who) }))).json()).callId;
}

async function say(relay: Relay, who: string | null, sessionId?: string): Promise<string> {
  const body = { message: 'hi', ...(sessionId && { sessionId }) };
  return (await (await relay(fromPage('/agents/agent_1/chat', { body, ...as(who) }))).json()).sessionId;
}

const read = async (relay: Relay, who: string | null, callId: string): Promise<number> =>
  (await relay(fromPage(`/calls/${callId}`, as(who)))).status;

describe('an id of a visitor whom the site has named', () => {
  it.each([
    ['ada', 200],
    ['bob', 404],
    [null, 404],
    ['', 404],
  ])('opens the record for nobody else: %j gets %i', async (who, status) => {
    const { fetch } = platform();
    const relay = relayOf({ upstream: osmtalk({ apiKey: KEY }), fetch, ...bySession });
    expect(await read(relay, who, await connect(relay, 'ada'))).toBe(status);
  });

  it.each([['bob'], [null]])('does not let %j go on with the conversation', async (who) => {
    const { fetch, requests } = platform();
    const relay = relayOf({ upstream: osmtalk({ apiKey: KEY }), fetch, ...bySession });
    const sessionId = await say(relay, 'ada');
    await say(relay, who, sessionId);
    await say(relay, 'ada', sessionId);
    expect(requests.map(({ body }) => (body as { sessionId?: string }).sessionId)).toEqual([
      undefined,
      undefined,
      'chat_1',
    ]);
  });

  it.each([
    ['ada', 'chat_1'],
    ['bob', undefined],
    [null, undefined],
  ])('lets %j call about that conversation as %j, and refuses nobody the call', async (who, expected) => {
    const { fetch, requests } = platform();
    const relay = relayOf({ upstream: osmtalk({ apiKey: KEY }), fetch, ...bySession });
    const sessionId = await say(relay, 'ada');
    const response = await relay(fromPage('/agents/agent_1/connect', { body: { sessionId }, ...as(who) }));
    expect(response.status).toBe(200);
    expect((requests[1]?.body as { sessionId?: string } | undefined)?.sessionId).toBe(expected);
  });

  it('is worth nothing in a relay that names nobody', async () => {
    const { fetch } = platform();
    const upstream = osmtalk({ apiKey: KEY });
    const callId = await connect(relayOf({ upstream, fetch, ...bySession }), 'ada');
    expect(await read(relayOf({ upstream, fetch }), null, callId)).toBe(404);
  });
});

it('an id of nobody in particular is good for whoever has it, and is nobody’s who has a name', async () => {
  const { fetch } = platform();
  const relay = relayOf({ upstream: osmtalk({ apiKey: KEY }), fetch, ...bySession });
  const callId = await connect(relay, null);
  expect(await read(relay, null, callId)).toBe(200);
  expect(await read(relay, 'ada', callId)).toBe(404);
});

describe('two relays with one secret', () => {
  it('do not take each other’s ids when their upstreams differ', async () => {
    const { fetch, requests } = platform();
    const one = relayOf({
      upstream: dialnexa({ apiKey: 'id:a_long_secret', agentId: 'agt_1' }),
      fetch: fakeUpstream(() => Response.json({ id: '4711' })).fetch,
      secret: SECRET,
    });
    const other = relayOf({ upstream: osmtalk({ apiKey: KEY }), fetch, secret: SECRET });
    const { callId } = await (await one(fromPage('/calls/outbound', { body: CALLBACK }))).json();
    expect(callId).toMatch(/^4711\./);
    expect(await read(other, null, callId)).toBe(404);
    expect(requests).toEqual([]);
  });

  it('do not take each other’s ids when their agents differ', async () => {
    const { fetch } = platform();
    const relayFor = (agent: string) =>
      relayOf({ upstream: osmtalk({ apiKey: KEY }), fetch, allow: { ...ALLOW, agents: [agent, 'agent_3'] } });
    const callId = await connect(relayFor('agent_1'), null);
    expect(await read(relayFor('agent_1'), null, callId)).toBe(200);
    expect(await read(relayFor('agent_2'), null, callId)).toBe(404);
  });

  it('take them when both are the same', async () => {
    const { fetch } = platform();
    const relay = () =>
      relayOf({
        upstream: osmtalk({ apiKey: KEY }),
        fetch,
        allow: { ...ALLOW, agents: ['agent_0', 'agent_1'] },
        ...bySession,
      });
    expect(await read(relay(), 'ada', await connect(relay(), 'ada'))).toBe(200);
  });
});

describe('a page without Origin', () => {
  it.each(['cross-site', 'same-site'])('of another site (%s) is not asked about', async (site) => {
    let asked = 0;
    const { relay, requests } = relayWith(() => Response.json({ callId: 'call_1' }), {
      authorize: () => (asked += 1) > 0,
    });
    for (const path of ['/agents/agent_1/connect', '/features']) {
      const body = path === '/features' ? {} : { body: {} };
      const response = await relay(
        fromPage(path, { origin: null, headers: { 'sec-fetch-site': site }, ...body }),
      );
      expect(response.status).toBe(403);
    }
    expect([asked, requests]).toEqual([0, []]);
  });
});

describe('a limit', () => {
  const limit = (requests: number) => ({ requests, windowMs: 60_000 });
  const address = (request: Request) => request.headers.get('x-address') ?? undefined;
  const tally = (statuses: number[], status: number): number =>
    statuses.filter((each) => each === status).length;

  it('of a visitor is not escaped by leaving out the id', async () => {
    const { relay } = relayWith(() => Response.json({ reply: 'Hi', sessionId: 'chat_1' }), {
      rateLimit: { visitor: limit(3) },
      address,
    });
    const statuses: number[] = [];
    for (let at = 0; at < 100; at++) {
      const headers = { 'x-address': '203.0.113.7' };
      statuses.push(
        (await relay(fromPage('/agents/agent_1/chat', { body: { message: 'hi' }, headers }))).status,
      );
    }
    expect(tally(statuses, 200)).toBe(3);
    const headers = { 'x-address': '203.0.113.8' };
    expect((await relay(fromPage('/agents/agent_1/chat', { body: { message: 'hi' }, headers }))).status).toBe(
      200,
    );
  });

  it.each([
    ['of an address', '203.0.113.7', 120],
    ['of all together', '', 600],
  ])('counts who asks what is offered, %s, and the hook is not asked beyond it', async (_, from, most) => {
    let asked = 0;
    const { relay } = relayWith(() => Response.json({}), { authorize: () => (asked += 1) > 0, address });
    const statuses: number[] = [];
    for (let at = 0; at < 1_000; at++)
      statuses.push((await relay(fromPage('/features', { headers: { 'x-address': from } }))).status);
    expect([tally(statuses, 200), tally(statuses, 429), asked]).toEqual([most, 1_000 - most, most]);
  });

  it('knows an address by all its spellings', async () => {
    const { relay } = relayWith(() => Response.json({ reply: 'Hi' }), {
      rateLimit: { address: limit(3) },
      address,
    });
    const statuses: number[] = [];
    for (const from of [
      '203.0.113.7',
      '203.0.113.7:1',
      '::ffff:203.0.113.7',
      '[::ffff:cb00:7107]:2',
      '0:0:0:0:0:ffff:cb00:7107',
      '64:ff9b::cb00:7107',
      '198.51.100.1, 203.0.113.7',
    ])
      statuses.push(
        (
          await relay(
            fromPage('/agents/agent_1/chat', { body: { message: 'hi' }, headers: { 'x-address': from } }),
          )
        ).status,
      );
    expect(statuses).toEqual([200, 200, 200, 429, 429, 429, 429]);
  });

  it('of those without an address holds for whoever sends what is none', async () => {
    const { relay } = relayWith(() => Response.json({ reply: 'Hi' }), {
      rateLimit: { shared: limit(3) },
      address,
    });
    const statuses: number[] = [];
    for (let at = 0; at < 10; at++) {
      const headers = { 'x-address': `unknown-${at}` };
      statuses.push(
        (await relay(fromPage('/agents/agent_1/chat', { body: { message: 'hi' }, headers }))).status,
      );
    }
    expect(tally(statuses, 200)).toBe(3);
  });
});

describe('a hook that never answers', () => {
  const never = (): Promise<never> => new Promise(() => undefined);

  it.each(['authorize', 'botCheck', 'visitor', 'dynamicVariables', 'metadata', 'address'])(
    '%s is an error in time, and nothing goes up',
    async (hook) => {
      const { relay, requests } = relayWith(() => Response.json({ callId: 'call_1' }), {
        [hook]: never,
        timeoutMs: 50,
      });
      const response = await relay(fromPage('/agents/agent_1/connect', { body: {} }));
      expect([response.status, (await response.json()).error]).toEqual([500, 'relay_failed']);
      expect(requests).toEqual([]);
    },
  );

  it('audit is not waited for', async () => {
    const { relay } = relayWith(() => Response.json({ callId: 'call_1' }), { audit: never, timeoutMs: 50 });
    expect((await relay(fromPage('/agents/agent_1/connect', { body: {} }))).status).toBe(200);
  });
});

it.each([7, {}, ['ada'], true])('a name that is no text, like %j, is nobody’s', async (name) => {
  const { relay, requests } = relayWith(() => Response.json({}), { visitor: () => name as never });
  expect((await relay(fromPage('/agents/agent_1/connect', { body: {} }))).status).toBe(500);
  expect(requests).toEqual([]);
});
