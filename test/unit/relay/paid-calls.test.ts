import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { dialnexa, osmtalk, osvi, type RelayOptions, type Upstream } from '../../../src/relay.js';
import { ALLOW, CALLBACK, fakeUpstream, fromPage, KEY, relayOf } from './start-relay.js';

const UPSTREAMS: Record<string, Upstream> = {
  osmtalk: osmtalk({ apiKey: KEY }),
  osvi: osvi({ apiToken: 'tok_0123456789ab', agentUuid: 'agent_1' }),
  dialnexa: dialnexa({ apiKey: 'id:a_long_secret', agentId: 'agt_1' }),
};

/** A relay before a platform that takes every call, and counts them. */
function phoneExchange(options: Partial<RelayOptions> = {}, upstream = UPSTREAMS.dialnexa as Upstream) {
  const platform = fakeUpstream(({ url }) =>
    Response.json(
      url.includes('chat')
        ? { reply: 'Hi', id: 'chat_1', session_id: 'chat_1' }
        : { id: 'call_1', call_id: 'call_1', callId: 'call_1' },
    ),
  );
  const relay = relayOf({
    upstream,
    fetch: platform.fetch,
    address: (request) => request.headers.get('x-address') ?? undefined,
    ...options,
  });
  return {
    relay,
    rung: () =>
      platform.requests.filter(({ url, method }) => method === 'POST' && /calls?(\/|$)/.test(url)).length,
    call: async (
      destination: string = CALLBACK.destination,
      headers: Record<string, string> = {},
    ): Promise<number> =>
      (await relay(fromPage('/calls/outbound', { body: { ...CALLBACK, destination }, headers }))).status,
  };
}

const from = (address: string) => ({ 'x-address': address });
const withKey = (key: string) => ({ 'idempotency-key': key });
const tally = (statuses: number[]): Record<number, number> =>
  Object.fromEntries([...new Set(statuses)].map((each) => [each, statuses.filter((s) => s === each).length]));
/** One customer of a provider has them all: 2¹⁶ networks. */
const inOne48 = (at: number): string => `2001:db8:1:${(at % 65_536).toString(16)}::1`;
const berlin = (at: number): string => `+49301${String(at).padStart(7, '0')}`;
/** In ranges of their own. */
const scattered = (at: number): string => `+4930${String(10_000_000 + at * 10_007)}`;

describe.each(Object.keys(UPSTREAMS))('a callback of %s', (name) => {
  it.each(['undefined', 'null', 'NaN', '[]', '""', '{}', '0', 'callback'])(
    'is counted beside one under the key %s',
    async (key) => {
      const { call, rung } = phoneExchange({}, UPSTREAMS[name]);
      const statuses = [await call(undefined, withKey(key))];
      for (let asked = 0; asked < 20; asked++) statuses.push(await call());
      expect(tally(statuses)).toEqual({ 200: 5, 429: 16 });
      expect(rung()).toBe(5);
    },
  );

  it.each([
    ['empty', ''],
    ['of 201 characters', 'x'.repeat(201)],
    ['of 400 characters', 'x'.repeat(400)],
    ['of 4,000 characters', 'x'.repeat(4_000)],
    ['of two words', 'two words'],
  ])('rings nobody under a key that is %s', async (_, key) => {
    const { call, rung } = phoneExchange({}, UPSTREAMS[name]);
    for (let asked = 0; asked < 10; asked++) expect(await call(undefined, withKey(key))).toBe(400);
    expect(rung()).toBe(0);
  });

  it('is counted under each new key', async () => {
    const { call, rung } = phoneExchange({}, UPSTREAMS[name]);
    const keys = Array.from({ length: 30 }, (_, at) => `key-${at}`);
    const statuses = await Promise.all(keys.map((key) => call(undefined, withKey(key))));
    expect(tally(statuses)).toEqual({ 200: 5, 429: 25 });
    expect(rung()).toBe(5);
  });
});

describe('a callback under the same key', () => {
  it('rings once and is counted once, also when it is asked for all at once', async () => {
    const { call, rung } = phoneExchange();
    const statuses = await Promise.all(Array.from({ length: 30 }, () => call(undefined, withKey('once'))));
    expect(tally(statuses)).toEqual({ 200: 30 });
    for (let other = 0; other < 4; other++) expect(await call(undefined, withKey(`k${other}`))).toBe(200);
    expect(await call()).toBe(429);
    expect(rung()).toBe(5);
  });

  it('that is refused by a limit is not refused for ever', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const { call, rung } = phoneExchange();
    for (let asked = 0; asked < 5; asked++) await call();
    expect(await call(undefined, withKey('late'))).toBe(429);
    vi.setSystemTime(Date.now() + 601_000);
    expect(await call(undefined, withKey('late'))).toBe(200);
    expect(rung()).toBe(6);
  });

  it('is counted again when what was remembered has just gone', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const { call, rung } = phoneExchange({
      rateLimit: { destinationDay: { requests: 5, windowMs: 86_400_000 } },
    });
    for (let day = 0; day < 5; day++) {
      const before = rung();
      for (const key of ['a', 'b', 'c', 'd', 'e']) await call(undefined, withKey(key));
      if (day > 0) expect(rung()).toBe(before);
      // In the very millisecond in which an answer is forgotten, many ask.
      vi.setSystemTime(Date.now() + 600_000);
    }
    expect(rung()).toBe(5);
  });

  it('of another named visitor is another call', async () => {
    const { call, rung } = phoneExchange({
      visitor: (request) => request.headers.get('cookie') ?? undefined,
    });
    expect(await call(undefined, { ...withKey('once'), cookie: 'ada' })).toBe(200);
    expect(await call('+4930123457', { ...withKey('once'), cookie: 'bob' })).toBe(200);
    expect(await call('+4930123457', { ...withKey('once'), cookie: 'ada' })).toBe(409);
    expect(rung()).toBe(2);
  });
});

describe('an attack', () => {
  it('from one /48 on 1,000 numbers rings no more than the network may, whatever else is asked between', async () => {
    const { relay, call, rung } = phoneExchange();
    const statuses: number[] = [];
    for (let at = 0; at < 1_000; at++) {
      statuses.push(await call(scattered(at), from(inOne48(at))));
      for (let other = 0; other < 10; other++) {
        const headers = from(`2001:db8:${(at * 10 + other + 2).toString(16)}::1`);
        await relay(fromPage(other % 2 ? '/calls/none' : '/features', { headers }));
      }
    }
    expect(tally(statuses)).toEqual({ 200: 20, 429: 980 });
    expect(rung()).toBe(20);
  }, 120_000);

  it('all at once is no quicker', async () => {
    const { call, rung } = phoneExchange();
    await Promise.all(Array.from({ length: 1_000 }, (_, at) => call(scattered(at), from(inOne48(at)))));
    expect(rung()).toBe(20);
  });

  it('from everywhere rings no more than the total of ten minutes, and of a day', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const { call, rung } = phoneExchange();
    let at = 0;
    for (let tenMinutes = 0; tenMinutes < 12; tenMinutes++) {
      for (let asked = 0; asked < 100; asked++, at++)
        await call(scattered(at), from(`2001:db8:${at.toString(16)}::1`));
      expect(rung()).toBe(Math.min(300, 50 * (tenMinutes + 1)));
      vi.setSystemTime(Date.now() + 600_000);
    }
  });

  it('from everywhere on one range of numbers rings ten of them', async () => {
    const { call, rung } = phoneExchange();
    for (let at = 0; at < 100; at++) await call(berlin(at), from(`2001:db8:${at.toString(16)}::1`));
    expect(rung()).toBe(10);
  });

  it('from everywhere on one person rings five times, and ten times a day', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const { call, rung } = phoneExchange();
    const expected = [5, 10, 10, 10, 10];
    for (const [hour, calls] of expected.entries()) {
      for (let asked = 0; asked < 20; asked++) await call(undefined, from(`2001:db8:${hour}${asked}::1`));
      expect(rung()).toBe(calls);
      vi.setSystemTime(Date.now() + 3_600_000);
    }
  });

  it('with a new name for each call is one of its address all the same', async () => {
    let visitor = 0;
    const { call, rung } = phoneExchange({ visitor: () => `visitor ${visitor++}` });
    for (let at = 0; at < 119; at++) await call(scattered(at), from('203.0.113.7'));
    expect(rung()).toBe(10);
  });

  it('with a new address for each call is one of its name all the same', async () => {
    const { call, rung } = phoneExchange({ visitor: () => 'ada' });
    for (let at = 0; at < 100; at++) await call(scattered(at), from(`203.0.${at}.7`));
    expect(rung()).toBe(10);
  });

  it('does not use up what others may ring', async () => {
    const { call } = phoneExchange();
    for (let at = 0; at < 500; at++) await call(scattered(at), from('203.0.113.7'));
    for (let at = 0; at < 500; at++) await call('+4930999999', from(`198.51.${at}.7`));
    expect(await call('+4930888888', from('192.0.2.1'))).toBe(200);
  });

  it('by a flood of chats does not make a phone ring twice', async () => {
    const { relay, call, rung } = phoneExchange({}, UPSTREAMS.osvi);
    expect(await call(undefined, withKey('once'))).toBe(200);
    for (let at = 0; at < 2_100; at++) {
      const headers = { ...withKey(`chat-${at}`), ...from(`2001:db8:${at.toString(16)}::1`) };
      await relay(fromPage('/agents/agent_1/chat', { body: { message: 'hi' }, headers }));
    }
    expect(await call(undefined, withKey('once'))).toBe(200);
    expect(rung()).toBe(1);
  }, 120_000);
});

describe('voice', () => {
  const connect = async (relay: (request: Request) => Promise<Response>, headers = {}): Promise<number> =>
    (await relay(fromPage('/agents/agent_1/connect', { body: {}, headers }))).status;

  it('has a limit of its own for an address, a visitor, and all together', async () => {
    const { relay } = phoneExchange(
      { visitor: (request) => request.headers.get('cookie') ?? undefined },
      UPSTREAMS.osmtalk,
    );
    const statuses: number[] = [];
    for (let at = 0; at < 20; at++) statuses.push(await connect(relay, from('203.0.113.7')));
    expect(tally(statuses)).toEqual({ 200: 10, 429: 10 });
    statuses.length = 0;
    for (let at = 0; at < 20; at++)
      statuses.push(await connect(relay, { ...from(`198.51.100.${at}`), cookie: 'ada' }));
    expect(tally(statuses)).toEqual({ 200: 10, 429: 10 });
    statuses.length = 0;
    for (let at = 0; at < 100; at++) statuses.push(await connect(relay, from(`192.0.2.${at}`)));
    expect(tally(statuses)).toEqual({ 200: 80, 429: 20 });
  });

  it('takes nothing from chat', async () => {
    const { relay } = phoneExchange({}, UPSTREAMS.osmtalk);
    for (let at = 0; at < 20; at++) await connect(relay, from('203.0.113.7'));
    const chat = fromPage('/agents/agent_1/chat', { body: { message: 'hi' }, headers: from('203.0.113.7') });
    expect((await relay(chat)).status).toBe(200);
  });
});

describe('a store', () => {
  it.each([
    ['throws', () => Promise.reject(new Error('redis://user:password@host is down'))],
    ['never answers', () => new Promise<never>(() => undefined)],
    ['answers nothing', () => undefined as never],
    ['answers what is no number', () => ({ requests: Number.NaN, resetMs: Number.NaN })],
  ])('that %s lets nothing through that costs money', async (_, count) => {
    const { relay, call, rung } = phoneExchange({ rateLimit: { store: { count } }, timeoutMs: 50 });
    expect([503, 429]).toContain(await call());
    const offered = await relay(fromPage('/features'));
    expect([503, 429]).toContain(offered.status);
    expect(await offered.text()).not.toContain('redis');
    expect(rung()).toBe(0);
  });

  it('of the site is asked one limit after the other when it cannot take all at once', async () => {
    const keys: string[] = [];
    const store = {
      count: (key: string) => {
        keys.push(key.split('"')[1] ?? '');
        return { requests: 1, resetMs: 1 };
      },
    };
    const { call } = phoneExchange({ rateLimit: { store }, visitor: () => 'ada' });
    expect(await call(undefined, from('2001:db8::1'))).toBe(200);
    expect(keys).toEqual([
      'address',
      'visitor',
      'callbackNetwork',
      'callbackNetwork',
      'callback',
      'callback',
      'destination',
      'destinationDay',
      'destinationPrefix',
      'callbackTotal',
      'callbackDay',
    ]);
  });
});

it('no number is in a store', async () => {
  const keys: string[] = [];
  const store = { count: (key: string) => (keys.push(key), { requests: 1, resetMs: 1 }) };
  const { call } = phoneExchange({ rateLimit: { store }, allow: { ...ALLOW, destinations: ['+49'] } });
  await call();
  expect(keys.join()).not.toMatch(/30123456|3012/);
});
