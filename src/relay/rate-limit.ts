import { RelayError } from './relay-error.js';

/** So many requests in so much time. */
export interface Limit {
  requests: number;
  windowMs: number;
}

/**
 * Where requests are counted. The default counts in this process; several instances need one that they share, e.g. Redis
 * with `INCR` and `PEXPIRE`.
 */
export interface RateLimitStore {
  /**
   * Counts one request under `key`. The first one opens a window of `windowMs`.
   * Resolves with the requests of this window so far, this one included, and the milliseconds until it closes.
   */
  count(key: string, windowMs: number): CountedRequests | Promise<CountedRequests>;
}

export interface CountedRequests {
  requests: number;
  resetMs: number;
}

export interface RateLimitOptions {
  /** Of one visitor, once the relay knows them by a signed id or the `visitor` option. Default 60 a minute. */
  visitor?: Limit;
  /** Of one network address (of IPv6: one /64), where the `address` option tells it. Default 120 a minute. */
  address?: Limit;
  /** Of all whose address is not told, together. Default 600 a minute. */
  shared?: Limit;
  /** Paid calls for one visitor, else one address, else all together. Default 20 in 10 minutes. */
  callback?: Limit;
  /** Paid calls to one phone number, whoever asks, repeated tries included. Default 5 in 10 minutes. */
  destination?: Limit;
  /** Default: counts in the memory of this process. */
  store?: RateLimitStore;
}

export type LimitName = Exclude<keyof RateLimitOptions, 'store'>;

const MINUTE = 60_000;

const DEFAULTS: Record<LimitName, Limit> = {
  visitor: { requests: 60, windowMs: MINUTE },
  address: { requests: 120, windowMs: MINUTE },
  shared: { requests: 600, windowMs: MINUTE },
  callback: { requests: 20, windowMs: 10 * MINUTE },
  destination: { requests: 5, windowMs: 10 * MINUTE },
};

/** Counts requests and refuses the one that is too many. `false` refuses none. */
export class RateLimit {
  readonly #options: RateLimitOptions | false;
  readonly #store: RateLimitStore;

  constructor(options: RateLimitOptions | false = {}) {
    this.#options = options;
    this.#store = (options && options.store) || new MemoryRateLimitStore();
  }

  /** Throws 429 with `Retry-After`; 503 when the store fails, since nothing is worse than an open tap. */
  async count(name: LimitName, who: string): Promise<void> {
    if (!this.#options) return;
    const { requests, windowMs } = this.#options[name] ?? DEFAULTS[name];
    const counted = await this.#ask(`${name}:${who}`, windowMs);
    if (counted.requests <= requests) return;
    throw new RelayError('rate_limited', {
      retryAfterSeconds: Math.max(1, Math.ceil(counted.resetMs / 1000)),
    });
  }

  async #ask(key: string, windowMs: number): Promise<CountedRequests> {
    try {
      return await this.#store.count(key, windowMs);
    } catch (error) {
      throw new RelayError('store_failed', { cause: error });
    }
  }
}

interface Window {
  requests: number;
  closesAt: number;
}

/** Counts in memory, for `mostKeys` visitors and addresses at once; beyond that the one seen first is forgotten. */
export class MemoryRateLimitStore implements RateLimitStore {
  readonly #windows = new Map<string, Window>();
  readonly #mostKeys: number;
  readonly #now: () => number;

  constructor({ mostKeys = 10_000, now = Date.now }: { mostKeys?: number; now?: () => number } = {}) {
    this.#mostKeys = mostKeys;
    this.#now = now;
  }

  count(key: string, windowMs: number): CountedRequests {
    const now = this.#now();
    let window = this.#windows.get(key);
    if (!window || window.closesAt <= now) {
      // Set anew, so that the map stays in the order of the windows.
      this.#windows.delete(key);
      this.#makeRoom(now);
      window = { requests: 0, closesAt: now + windowMs };
      this.#windows.set(key, window);
    }
    window.requests += 1;
    return { requests: window.requests, resetMs: window.closesAt - now };
  }

  #makeRoom(now: number): void {
    if (this.#windows.size < this.#mostKeys) return;
    for (const [key, { closesAt }] of this.#windows) if (closesAt <= now) this.#windows.delete(key);
    const [oldest] = this.#windows.keys();
    if (this.#windows.size >= this.#mostKeys && oldest !== undefined) this.#windows.delete(oldest);
  }
}
