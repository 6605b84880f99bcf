import { RelayError } from './relay-error.js';
import { MemoryRateLimitStore, type Limit, type RateLimitStore } from './rate-limit-store.js';
import { within } from './within.js';

export interface RateLimitOptions {
  /** Of one visitor, once the relay knows them by a signed id or the `visitor` option. Default 60 a minute. */
  visitor?: Limit;
  /** Conversations and calls that visitors nobody knows yet begin from one address. Default: as `visitor`. */
  newcomer?: Limit;
  /** Of one network address (of IPv6: one /64), where the `address` option tells it. Default 120 a minute. */
  address?: Limit;
  /** Of all whose address is not told, together. Default 600 a minute. */
  shared?: Limit;
  /** Asking what is offered, from one address. Default 120 a minute. */
  features?: Limit;
  /** Asking what is offered, of all whose address is not told, together. Default 600 a minute. */
  featuresShared?: Limit;
  /** Voice calls of one visitor, and from one address. Default 10 in 10 minutes. */
  call?: Limit;
  /** Voice calls of all together. Default 100 in 10 minutes. */
  callTotal?: Limit;
  /** Voice calls of all together. Default 2,000 a day. */
  callDay?: Limit;
  /** Callbacks for one visitor, and from one address; from all whose address is not told, together. Default 10 in 10 minutes. */
  callback?: Limit;
  /** Callbacks from one /56, and from one /48; of IPv4 from one /24. Default 20 in 10 minutes. */
  callbackNetwork?: Limit;
  /** Callbacks to one phone number, whoever asks. Default 5 in 10 minutes. */
  destination?: Limit;
  /** Callbacks to one phone number, whoever asks. Default 10 a day. */
  destinationDay?: Limit;
  /** Callbacks to numbers that differ in their last four digits alone. Default 10 in 10 minutes. */
  destinationPrefix?: Limit;
  /** Callbacks of all together. Default 50 in 10 minutes. */
  callbackTotal?: Limit;
  /** Callbacks of all together. Default 300 a day. */
  callbackDay?: Limit;
  /** Default: counts in the memory of this process; what costs money in one of its own, which refuses when it is full. */
  store?: RateLimitStore;
}

export type LimitName = Exclude<keyof RateLimitOptions, 'store'>;

/** Who or what is counted under a limit: a kind, and which of it. */
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

/** All that is paid for in a day and from everywhere has room here by far. */
const MOST_PAID_KEYS = 100_000;

/** Counts requests and refuses the one that is too many. `false` refuses none. */
export class RateLimit {
  readonly #limits: Record<LimitName, Limit> | null;
  readonly #store: RateLimitStore;
  /** No flood of cheap requests makes this one forget. */
  readonly #paidStore: RateLimitStore;
  readonly #timeoutMs: number;

  /** Throws a `TypeError` for a limit that limits nothing, or everything. */
  constructor(options: RateLimitOptions | false = {}, timeoutMs = 30_000) {
    const { store, ...limits } = options || {};
    this.#limits = options === false ? null : readLimits(limits);
    if (store !== undefined && typeof store?.count !== 'function')
      throw new TypeError('createRelay: `rateLimit.store` has no method `count`');
    this.#store = store ?? new MemoryRateLimitStore();
    this.#paidStore = store ?? new MemoryRateLimitStore({ mostKeys: MOST_PAID_KEYS, whenFull: 'refuse' });
    this.#timeoutMs = timeoutMs;
  }

  /** Throws 429 with `Retry-After`; 503 when the store fails, since nothing is worse than an open tap. */
  count(...counted: Counted): Promise<void> {
    return this.#count(this.#store, counted);
  }

  /**
   * One request that costs money. Every try counts for `askers`, in this order; for `shared`, which others depend on, only the
   * one that all of them let through.
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

  /** What answers nothing has failed too. */
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
