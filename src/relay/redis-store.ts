import type { AnswerStore } from './answer-store.js';
import type { CountedLimit, CountedRequests, RateLimitStore, TakenRequests } from './rate-limit-store.js';

/** Sends one command to Redis or Valkey: `(...command) => client.sendCommand(command)`. */
export type SendCommand = (...command: string[]) => Promise<unknown>;

/** A client of ioredis or iovalkey (`call`), or of node-redis (`sendCommand`). */
export type RedisClient =
  | SendCommand
  | { call(command: string, ...args: string[]): Promise<unknown> }
  | { sendCommand(command: string[]): Promise<unknown> };

export interface RedisStoreOptions {
  /** Stands before every key. In braces, so that a cluster keeps all keys in one place. Default `{osmtalk}:`. */
  prefix?: string;
}

const COUNT = `
local requests = redis.call('INCR', KEYS[1])
if requests == 1 or redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {requests, redis.call('PTTL', KEYS[1])}`;

/** Counts under all keys or none. */
const TAKE = `
local reset = -1
for at, key in ipairs(KEYS) do
  if tonumber(redis.call('GET', key) or '0') >= tonumber(ARGV[2 * at - 1]) then
    reset = math.max(reset, redis.call('PTTL', key), 0)
  end
end
if reset >= 0 then return {0, reset} end
for at, key in ipairs(KEYS) do
  redis.call('INCR', key)
  if redis.call('PTTL', key) < 0 then redis.call('PEXPIRE', key, ARGV[2 * at]) end
end
return {1, 0}`;

const BEGIN = `
local found = redis.call('GET', KEYS[1])
if found then return found end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return false`;

/**
 * Returns a store in Redis (6 or later) or Valkey for the limits and answers that several instances of the relay share. Needs
 * `maxmemory-policy noeviction`: a counter that is evicted is a limit that is forgotten. Throws a `TypeError` for an unknown client.
 *
 * ```js
 * const store = redisStore(new Redis(process.env.REDIS_URL));
 * createRelay({ …, rateLimit: { store }, answers: store, secret: process.env.RELAY_SECRET });
 * ```
 */
export function redisStore(
  client: RedisClient,
  { prefix = '{osmtalk}:' }: RedisStoreOptions = {},
): Required<RateLimitStore> & AnswerStore {
  const send = readClient(client);
  const run = (script: string, keys: readonly string[], ...args: (string | number)[]): Promise<unknown> =>
    send('EVAL', script, String(keys.length), ...keys.map((key) => prefix + key), ...args.map(String));

  return {
    async count(key, windowMs): Promise<CountedRequests> {
      const [requests, resetMs] = readNumbers(await run(COUNT, [`count:${key}`], whole(windowMs)));
      return { requests, resetMs };
    },
    async take(limits: readonly CountedLimit[]): Promise<TakenRequests> {
      const keys = limits.map(({ key }) => `count:${key}`);
      const numbers = limits.flatMap(({ requests, windowMs }) => [requests, whole(windowMs)]);
      const [taken, resetMs] = readNumbers(await run(TAKE, keys, ...numbers));
      return { isTaken: taken === 1, resetMs };
    },
    async begin(key, entry, forMs) {
      return readText(await run(BEGIN, [`answer:${key}`], entry, whole(forMs)));
    },
    async read(key) {
      return readText(await send('GET', `${prefix}answer:${key}`));
    },
    async finish(key, entry, forMs) {
      const name = `${prefix}answer:${key}`;
      await (entry === null ? send('DEL', name) : send('SET', name, entry, 'PX', String(whole(forMs))));
    },
  };
}

function readClient(client: RedisClient): SendCommand {
  if (typeof client === 'function') return client;
  if (client !== null && typeof client === 'object') {
    // ioredis has both methods, and its `sendCommand` takes something else.
    if ('call' in client) return (command = '', ...args) => client.call(command, ...args);
    if ('sendCommand' in client) return (...command) => client.sendCommand(command);
  }
  throw new TypeError(
    'redisStore needs a client of ioredis, iovalkey or node-redis, or a function that sends a command',
  );
}

function whole(ms: number): number {
  return Math.max(1, Math.ceil(ms));
}

function readNumbers(answer: unknown): [number, number] {
  const [one, two] = Array.isArray(answer) ? answer.map(Number) : [];
  if (!Number.isFinite(one) || !Number.isFinite(two)) throw new TypeError('Redis answered no numbers');
  return [one as number, two as number];
}

function readText(answer: unknown): string | null {
  if (answer === null || answer === undefined || answer === false) return null;
  if (typeof answer === 'string') return answer;
  throw new TypeError('Redis answered no text');
}
