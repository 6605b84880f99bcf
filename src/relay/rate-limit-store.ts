/** At most this many requests in this time. */
export interface Limit {
  requests: number;
  windowMs: number;
}

/** A limit, and the key under which it is counted. */
export interface CountedLimit extends Limit {
  key: string;
}

export interface CountedRequests {
  requests: number;
  resetMs: number;
}

export interface TakenRequests {
  /** `false`: one of the limits is reached, and nothing was counted. */
  isTaken: boolean;
  /** Milliseconds until the window of the limit that is reached closes; 0 when none is. */
  resetMs: number;
}

/**
 * Where requests are counted. The default counts in this process; several instances need one that they share: `redisStore` of
 * `osmtalk-widget/relay/redis`, or one of your own.
 */
export interface RateLimitStore {
  /**
   * Counts one request under `key`. The first one opens a window of `windowMs`.
   * Resolves with the requests of this window so far, this one included, and the milliseconds until it closes.
   */
  count(key: string, windowMs: number): CountedRequests | Promise<CountedRequests>;
  /**
   * Counts one request under every key, or under none when one of the limits is reached: in one step, which nothing else comes
   * between. A store without this method gets one `count` after the other: a refused request then uses up a part of the limits
   * before the one that refuses it.
   */
  take?(limits: readonly CountedLimit[]): TakenRequests | Promise<TakenRequests>;
}

export interface MemoryStoreOptions {
  /** How many keys are counted at once. Default 10,000. */
  mostKeys?: number;
  /** When there is no room: `forget` the key that was seen first, or `refuse` a new one by an error. Default `forget`. */
  whenFull?: 'forget' | 'refuse';
  now?: () => number;
}

interface Counter {
  requests: number;
  closesAt: number;
}

/** Counts in memory, for `mostKeys` keys (visitors and addresses) at once. */
export class MemoryRateLimitStore implements RateLimitStore {
  /** One map for each length of a window: each is in the order in which its windows close. */
  readonly #windows = new Map<number, Map<string, Counter>>();
  readonly #mostKeys: number;
  readonly #whenFull: 'forget' | 'refuse';
  readonly #now: () => number;
  #size = 0;

  constructor({ mostKeys = 10_000, whenFull = 'forget', now = Date.now }: MemoryStoreOptions = {}) {
    this.#mostKeys = mostKeys;
    this.#whenFull = whenFull;
    this.#now = now;
  }

  count(key: string, windowMs: number): CountedRequests {
    const now = this.#now();
    const open = this.#openWindow(key, windowMs, now);
    if (!open) this.#makeRoom(1, now);
    const counter = open ?? this.#add(key, windowMs, now);
    counter.requests += 1;
    return { requests: counter.requests, resetMs: counter.closesAt - now };
  }

  take(limits: readonly CountedLimit[]): TakenRequests {
    const now = this.#now();
    const found = limits.map((limit) => ({
      ...limit,
      counter: this.#openWindow(limit.key, limit.windowMs, now),
    }));
    const full = found.flatMap(({ counter, requests }) =>
      counter && counter.requests >= requests ? [counter.closesAt - now] : [],
    );
    if (full.length > 0) return { isTaken: false, resetMs: Math.max(...full) };
    this.#makeRoom(found.filter(({ counter }) => !counter).length, now);
    for (const { key, windowMs, counter } of found)
      (counter ?? this.#openWindow(key, windowMs, now) ?? this.#add(key, windowMs, now)).requests += 1;
    return { isTaken: true, resetMs: 0 };
  }

  #openWindow(key: string, windowMs: number, now: number): Counter | undefined {
    const counter = this.#windows.get(windowMs)?.get(key);
    return counter && counter.closesAt > now ? counter : undefined;
  }

  #add(key: string, windowMs: number, now: number): Counter {
    let windows = this.#windows.get(windowMs);
    if (!windows) this.#windows.set(windowMs, (windows = new Map<string, Counter>()));
    // Removed and set again, so that the map stays in its order.
    if (windows.delete(key)) this.#size -= 1;
    const counter = { requests: 0, closesAt: now + windowMs };
    windows.set(key, counter);
    this.#size += 1;
    return counter;
  }

  /**
   * Makes room for new keys; throws when there is none and `whenFull` is `refuse`. Looks at no more windows than it removes,
   * and at one more for each length.
   */
  #makeRoom(wanted: number, now: number): void {
    if (this.#size + wanted <= this.#mostKeys) return;
    for (const windows of this.#windows.values()) {
      for (const [key, { closesAt }] of windows) {
        if (closesAt > now) break;
        windows.delete(key);
        this.#size -= 1;
      }
    }
    while (this.#size + wanted > this.#mostKeys && this.#size > 0) {
      if (this.#whenFull === 'refuse') throw new Error('There is no room for another key');
      this.#forgetOldest();
    }
  }

  #forgetOldest(): void {
    const oldest = [...this.#windows].flatMap(([windowMs, windows]) => {
      const [first] = windows;
      return first ? [{ windows, key: first[0], openedAt: first[1].closesAt - windowMs }] : [];
    });
    const [{ windows, key } = {}] = oldest.toSorted((one, other) => one.openedAt - other.openedAt);
    if (windows && key !== undefined && windows.delete(key)) this.#size -= 1;
  }
}
