import { RelayError } from './relay-error.js';
import { MemoryRateLimitStore, type Limit, type RateLimitStore } from './rate-limit-store.js';
import { within } from './within.js';

export interface RateLimitOptions {
  /** Requests of one visitor, once the relay knows them by a signed id or the `visitor` option. Default 60 a minute. */
  visitor?: Limit;
  /** Conversations and calls that unknown visitors begin from one address. Default: as `visitor`. */
  newcomer?: Limit;
  /** Requests from one network address (of IPv6: one /64), where the `address` option gives it. Default 120 a minute. */
  address?: Limit;
  /** Requests from all unknown addresses together. Default 600 a minute. */
  shared?: Limit;
  /** Requests for the offered features, from one address. Default 120 a minute. */
  features?: Limit;
  /** Requests for the offered features, from all unknown addresses together. Default 600 a minute. */
  featuresShared?: Limit;
  /** Voice calls of one visitor, and from one address. Default 10 in 10 minutes. */
  call?: Limit;
  /** All voice calls together. Default 100 in 10 minutes. */
  callTotal?: Limit;
  /** All voice calls together. Default 2,000 a day. */
  callDay?: Limit;
  /** Callbacks for one visitor, and from one address; from all unknown addresses together. Default 10 in 10 minutes. */
  callback?: Limit;
  /** Callbacks from one /56, and from one /48; of IPv4 from one /24. Default 20 in 10 minutes. */
  callbackNetwork?: Limit;
  /** Callbacks to one phone number, whoever asks. Default 5 in 10 minutes. */
  destination?: Limit;
  /** Callbacks to one phone number, whoever asks. Default 10 a day. */
  destinationDay?: Limit;
  /** Callbacks to numbers that differ in their last four digits only. Default 10 in 10 minutes. */
  destinationPrefix?: Limit;
  /** All callbacks together. Default 50 in 10 minutes. */
  callbackTotal?: Limit;
  /** All callbacks together. Default 300 a day. */
  callbackDay?: Limit;
  /**
   * Where requests are counted. Default: the memory of this process. Requests that cost money then have a store of their own,
   * which refuses when it is full.
   */
  store?: RateLimitStore;
}

export type LimitName = Exclude<keyof RateLimitOptions, 'store'>;

/** What is counted: the name of a limit, and the visitor, address or number that it counts. */
export type Counted = readonly [limit: LimitName, ...who: string[]];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const DEFAULTS: Record<Exclude<LimitName, 'newcomer'>, Limit> = {
  visitor: { requests: 60, windowMs: MINUTE },
  address: { requests: 120, windowMs: MINUTE },
  shared: { requests: 600, windowMs: MINUTE },
  features: { requests: 120, windowMs: MINUTE },
  featuresShared: { requests: 600, windowMs: MINUTE },
  call: { requests: 10, windowMs: 10 * MINUTE },
  callTotal: { requests: 100, windowMs: 10 * MINUTE },
  callDay: { requests: 2_000, windowMs: DAY },
  callback: { requests: 10, windowMs: 10 * MINUTE },
  callbackNetwork: { requests: 20, windowMs: 10 * MINUTE },
  destination: { requests: 5, windowMs: 10 * MINUTE },
  destinationDay: { requests: 10, windowMs: DAY },
  destinationPrefix: { requests: 10, windowMs: 10 * MINUTE },
  callbackTotal: { requests: 50, windowMs: 10 * MINUTE },
  callbackDay: { requests: 300, windowMs: DAY },
};

/** The most keys of the store for paid requests: by far enough for those of a day, from everywhere. */
const MOST_PAID_KEYS = 100_000;

/** Counts requests, and refuses those above a limit. With the option `false` it refuses none. */
export class RateLimit {
  readonly #limits: Record<LimitName, Limit> | null;
  readonly #store: RateLimitStore;
  /** The store of paid requests, which no flood of cheap requests makes forget. */
  readonly #paidStore: RateLimitStore;
  readonly #timeoutMs: number;

  /** Throws a `TypeError` for a limit that is unknown, or is not a finite number above 0. */
  constructor(options: RateLimitOptions | false = {}, timeoutMs = 30_000) {
    const { store, ...limits } = options || {};
    this.#limits = options === false ? null : readLimits(limits);
    if (store !== undefined && typeof store?.count !== 'function')
      throw new TypeError('createRelay: `rateLimit.store` has no method `count`');
    this.#store = store ?? new MemoryRateLimitStore();
    this.#paidStore = store ?? new MemoryRateLimitStore({ mostKeys: MOST_PAID_KEYS, whenFull: 'refuse' });
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Counts one request. Rejects with a `RelayError`: 429 with `Retry-After` above the limit, 503 when the store fails, since
   * requests that nobody counts must not pass.
   */
  count(...counted: Counted): Promise<void> {
    return this.#count(this.#store, counted);
  }

  /**
   * Counts one request that costs money; rejects as `count` does. Every try counts for `askers`, in this order. For `shared`,
   * which other visitors depend on, only a request counts that all of these limits let through.
   */
  async countPaid(askers: readonly Counted[], shared: readonly Counted[]): Promise<void> {
    for (const asker of askers) await this.#count(this.#paidStore, asker);
    const limits = this.#limits;
    if (!limits) return;
    const store = this.#paidStore;
    if (!store.take) {
      for (const each of shared) await this.#count(store, each);
      return;
    }
    const wanted = shared.map((each) => ({ ...limits[each[0]], key: JSON.stringify(each) }));
    const { isTaken, resetMs } = await this.#ask(() => store.take?.(wanted));
    if (!isTaken) throw tooMany(resetMs);
  }

  async #count(store: RateLimitStore, counted: Counted): Promise<void> {
    if (!this.#limits) return;
    const { requests, windowMs } = this.#limits[counted[0]];
    const soFar = await this.#ask(() => store.count(JSON.stringify(counted), windowMs));
    if (!(soFar.requests <= requests)) throw tooMany(soFar.resetMs);
  }

  /** Asks the store. A store that answers nothing has failed too. */
  async #ask<T>(ask: () => T | Promise<T> | undefined): Promise<T> {
    try {
      const answer = await within(this.#timeoutMs, ask(), 'store_failed');
      if (typeof answer === 'object' && answer !== null) return answer;
    } catch (error) {
      throw new RelayError('store_failed', { cause: error });
    }
    throw new RelayError('store_failed');
  }
}

function tooMany(resetMs: number): RelayError {
  return new RelayError('rate_limited', { retryAfterSeconds: Math.max(1, Math.ceil(resetMs / 1000) || 1) });
}

function readLimits(given: Omit<RateLimitOptions, 'store'>): Record<LimitName, Limit> {
  for (const [name, limit] of Object.entries(given)) {
    if (!Object.hasOwn(DEFAULTS, name) && name !== 'newcomer')
      throw new TypeError(`createRelay: there is no \`rateLimit.${name}\``);
    if (limit !== undefined && !(isCount(limit?.requests) && isCount(limit?.windowMs)))
      throw new TypeError(
        `createRelay: \`rateLimit.${name}\` needs \`requests\` and \`windowMs\`, finite and more than 0`,
      );
  }
  const set = Object.fromEntries(Object.entries(given).filter(([, limit]) => limit !== undefined));
  const limits = { ...DEFAULTS, ...set };
  return { newcomer: limits.visitor, ...limits };
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}
