import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { dialnexa, osvi, type RelayOptions, type Upstream } from '../../../src/relay.js';
import { redisStore } from '../../../src/relay-redis.js';
import { missingRedis, startRedis, type RedisServer } from '../../support/redis-server.js';
import { deferred } from '../../support/deferred.js';
import {
  CALLBACK,
  fakeUpstream,
  fromPage,
  relayOf,
  SECRET,
  statusAndError,
  type Arrived,
} from './start-relay.js';

const missing = missingRedis();
if (missing !== null) console.log(`skipped the relay over Redis: ${missing}`);

type Relay = (request: Request) => Promise<Response>;

const PHONE = dialnexa({ apiKey: 'id:a_long_secret', agentId: 'agt_1' });
const CHAT = osvi({ apiToken: 'tok_0123456789ab', agentUuid: 'agent_1' });

const once = (key: string, destination = CALLBACK.destination): Request =>
  fromPage('/calls/outbound', {
    body: { ...CALLBACK, destination },
    headers: { 'idempotency-key': key },
  });
const call = (at: number): Request =>
  fromPage('/calls/outbound', {
    body: { ...CALLBACK, destination: `+4930${10_000_000 + at * 10_007}` },
    headers: { 'x-address': `203.${at % 250}.113.7` },
  });

describe.skipIf(missing !== null)('two relays over one Redis', () => {
  let server: RedisServer;
  let direct: Redis;

  const connect = (path = server.path): Redis => {
    const client = new Redis({ path, maxRetriesPerRequest: 1, retryStrategy: () => 50 });
    client.on('error', () => undefined);
    onTestFinished(() => client.disconnect());
    return client;
  };

  /** As on two machines: each has a connection of its own, and no memory in common. */
  function startTwo(
    answer: (request: Arrived, init: RequestInit) => Response | Promise<Response> = () =>
      Response.json({ id: 'call_1' }),
    { upstream = PHONE, ...options }: Partial<RelayOptions> & { upstream?: Upstream } = {},
    path = server.path,
  ): { relays: [Relay, Relay]; requests: Arrived[] } {
    const platform = fakeUpstream(answer);
    const start = (): Relay => {
      const store = redisStore(connect(path));
      return relayOf({
        upstream,
        fetch: platform.fetch,
        secret: SECRET,
        rateLimit: { store },
        answers: store,
        address: (request) => request.headers.get('x-address') ?? undefined,
        ...options,
      });
    };
    return { relays: [start(), start()], requests: platform.requests };
  }

  beforeAll(async () => {
    server = await startRedis();
    direct = new Redis({ path: server.path });
  });
  beforeEach(() => direct.flushall());
  afterAll(async () => {
    direct?.disconnect();
    await server?.kill();
  });

  it('phone once for one key, whichever is asked, and also at the same time', async () => {
    const answered = deferred<void>();
    const { relays, requests } = startTwo(async () => {
      await answered.promise;
      return Response.json({ id: 'call_1' });
    });
    const asked = [0, 1, 0, 1].map((which) => relays[which as 0 | 1](once('key')));
    await expect.poll(() => requests.length).toBe(1);
    answered.resolve();
    const responses = await Promise.all(asked);
    const later = await relays[1](once('key'));
    expect([...responses, later].map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(requests).toHaveLength(1);
    // The id of the one opens at the other.
    const { callId } = await later.json();
    expect(callId).toMatch(/^call_1\./);
    expect((await relays[0](fromPage(`/calls/${callId}`))).status).toBe(200);
  });

  it('refuse another question under the same key', async () => {
    const { relays, requests } = startTwo();
    expect((await relays[0](once('key'))).status).toBe(200);
    expect(await statusAndError(await relays[1](once('key', '+4930999999')))).toEqual([
      409,
      'idempotency_conflict',
    ]);
    expect(requests).toHaveLength(1);
  });

  it('keep a failure that may have cost money, and its words', async () => {
    const { relays, requests } = startTwo(() =>
      Response.json({}, { status: 429, headers: { 'retry-after': '7' } }),
    );
    for (const relay of relays) {
      const response = await relay(once('key'));
      expect([response.headers.get('retry-after'), await statusAndError(response)]).toEqual([
        '7',
        [429, 'rate_limited'],
      ]);
    }
    expect(requests).toHaveLength(1);
  });

  it('hear a message once, and forget a failure of it', async () => {
    let isDown = true;
    const { relays, requests } = startTwo(
      () =>
        isDown
          ? Response.json({}, { status: 500 })
          : Response.json({ reply: 'Hi', id: 'chat_1', session_id: 'chat_1' }),
      { upstream: CHAT },
    );
    const say = (relay: Relay) =>
      relay(
        fromPage('/agents/agent_1/chat', { body: { message: 'hi' }, headers: { 'idempotency-key': 'key' } }),
      );
    expect((await say(relays[0])).status).toBe(500);
    isDown = false;
    expect((await (await say(relays[1])).json()).reply).toBe('Hi');
    const sent = requests.length;
    expect((await (await say(relays[0])).json()).reply).toBe('Hi');
    expect(requests).toHaveLength(sent);
  });

  it('share their limits, also when all ask at once', async () => {
    const { relays, requests } = startTwo();
    const statuses = await Promise.all(
      Array.from({ length: 200 }, async (_, at) => (await relays[at % 2 === 0 ? 0 : 1](call(at))).status),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(50);
    expect(requests).toHaveLength(50);
    expect((await relays[0](fromPage('/agents/none', {}))).status).toBe(404);
  });

  it('let nothing be rung when a limit has refused it, and count it then alone', async () => {
    const { relays, requests } = startTwo(undefined, {
      rateLimit: { store: redisStore(connect()), destination: { requests: 1, windowMs: 300 } },
    });
    expect((await relays[0](once('one'))).status).toBe(200);
    expect((await relays[1](once('two'))).status).toBe(429);
    // The window closes, and a refusal was never kept.
    await expect.poll(async () => (await relays[1](once('two'))).status).toBe(200);
    expect(requests).toHaveLength(2);
  });

  it('keep windows, no numbers, and nothing for ever', async () => {
    const { relays } = startTwo();
    await relays[0](once('key'));
    const keys = await direct.keys('*');
    expect(keys.length).toBeGreaterThan(4);
    expect(keys.join()).not.toContain('30123456');
    for (const key of keys) {
      expect(key).toMatch(/^\{osmtalk\}:(count|answer):/);
      expect(await direct.pttl(key)).toBeGreaterThan(0);
    }
  });

  it('phone nobody when the store is dead, and say so', async () => {
    const mortal = await startRedis();
    onTestFinished(() => mortal.kill());
    const { relays, requests } = startTwo(undefined, { timeoutMs: 1_000 }, mortal.path);
    expect((await relays[0](once('before'))).status).toBe(200);
    await mortal.kill();
    for (const relay of relays) {
      expect(await statusAndError(await relay(once('after')))).toEqual([503, 'store_failed']);
      expect(await statusAndError(await relay(call(1)))).toEqual([503, 'store_failed']);
    }
    expect(requests).toHaveLength(1);
  });

  it('do not phone again for a key of one that died over it', async () => {
    const { relays, requests } = startTwo(
      (_, { signal }) =>
        new Promise<Response>((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        }),
      { timeoutMs: 400 },
    );
    const dying = relays[0](once('key'));
    await expect.poll(() => requests.length).toBe(1);
    // Its answer comes too late for who waits as long as it.
    expect((await relays[1](once('key'))).status).toBeGreaterThanOrEqual(500);
    expect((await dying).status).toBe(504);
    expect(requests).toHaveLength(1);
  });

  it('take any client that can send a command', async () => {
    const client = connect();
    const send = (command: string, ...args: string[]) => client.call(command, ...args);
    for (const each of [
      client,
      { sendCommand: ([command = '', ...args]: string[]) => send(command, ...args) },
      (...[command = '', ...args]: string[]) => send(command, ...args),
    ]) {
      const store = redisStore(each, { prefix: `{${Math.random()}}:` });
      expect(await store.count('a', 60_000)).toEqual({ requests: 1, resetMs: 60_000 });
      expect((await store.count('a', 60_000)).requests).toBe(2);
      expect(await store.take([{ key: 'a', requests: 3, windowMs: 60_000 }])).toEqual({
        isTaken: true,
        resetMs: 0,
      });
      const refused = await store.take([
        { key: 'b', requests: 1, windowMs: 60_000 },
        { key: 'a', requests: 3, windowMs: 60_000 },
      ]);
      expect(refused.isTaken).toBe(false);
      expect(refused.resetMs).toBeGreaterThan(50_000);
      expect(await store.count('b', 60_000)).toMatchObject({ requests: 1 });
      expect(await store.begin('k', 'one', 60_000)).toBeNull();
      expect(await store.begin('k', 'two', 60_000)).toBe('one');
      await store.finish('k', 'three', 60_000);
      expect(await store.read('k')).toBe('three');
      await store.finish('k', null, 60_000);
      expect(await store.read('k')).toBeNull();
    }
  });
});

it.each([undefined, null, {}, 'redis://localhost'])('%j is no client', (client) => {
  expect(() => redisStore(client as never)).toThrow(TypeError);
});

it('answers are shared under one secret', () => {
  const store = redisStore(async () => null);
  const { fetch } = fakeUpstream(() => Response.json({}));
  const make = (options: object) => () => relayOf({ upstream: PHONE, fetch, answers: store, ...options });
  expect(make({})).not.toThrow();
  expect(make({ secret: undefined })).toThrow('secret');
});
