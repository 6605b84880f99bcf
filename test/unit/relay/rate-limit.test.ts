import { describe, expect, it, vi } from 'vitest';
import { MemoryRateLimitStore } from '../../../src/relay/rate-limit-store.js';
import { RateLimit } from '../../../src/relay/rate-limit.js';

const refused = (retryAfterSeconds: number): object =>
  expect.objectContaining({ code: 'rate_limited', status: 429, retryAfterSeconds });

describe('RateLimit', () => {
  it('refuses the one that is too many, and says when to come back', async () => {
    let now = 0;
    const store = new MemoryRateLimitStore({ now: () => now });
    const limit = new RateLimit({ visitor: { requests: 2, windowMs: 10_000 }, store });
    await limit.count('visitor', 'a');
    now = 4_500;
    await limit.count('visitor', 'a');
    await expect(limit.count('visitor', 'a')).rejects.toEqual(refused(6));
    await limit.count('visitor', 'b');
    await limit.count('address', 'a');
    now = 10_000;
    await limit.count('visitor', 'a');
  });

  it('has defaults, of which some may be replaced', async () => {
    const limit = new RateLimit({ callback: { requests: 1, windowMs: 1_000 } });
    await limit.count('callback', 'a');
    await expect(limit.count('callback', 'a')).rejects.toEqual(refused(1));
    for (let asked = 0; asked < 5; asked++) await limit.count('destination', 'a');
    await expect(limit.count('destination', 'a')).rejects.toEqual(refused(600));
  });

  it('can be turned off', async () => {
    const limit = new RateLimit(false);
    for (let asked = 0; asked < 1_000; asked++) await limit.count('destination', 'a');
    expect(limit).toBeInstanceOf(RateLimit);
  });

  it('counts in the store it is given, and lets nobody through when that fails', async () => {
    const keys: string[] = [];
    const store = {
      count: async (key: string, windowMs: number) => {
        keys.push(`${key} ${windowMs}`);
        if (keys.length > 1) throw new Error('redis://user:password@host is down');
        return { requests: 1, resetMs: 1 };
      },
    };
    const limit = new RateLimit({ store });
    await limit.count('visitor', 'a');
    await expect(limit.count('address', 'b')).rejects.toMatchObject({ code: 'store_failed', status: 503 });
    expect(keys).toEqual(['["visitor","a"] 60000', '["address","b"] 60000']);
  });
});

describe('MemoryRateLimitStore', () => {
  it('forgets the oldest when there are too many, and never itself grows', () => {
    const store = new MemoryRateLimitStore({ mostKeys: 3 });
    for (const key of ['a', 'b', 'c', 'a', 'd']) store.count(key, 60_000);
    expect(store.count('b', 60_000).requests).toBe(2);
    expect(store.count('a', 60_000).requests).toBe(1);
  });

  it('refuses a new key instead, where it may not forget', () => {
    let now = 0;
    const store = new MemoryRateLimitStore({ mostKeys: 2, whenFull: 'refuse', now: () => now });
    store.count('a', 60_000);
    store.count('b', 1_000);
    expect(() => store.count('c', 60_000)).toThrow('no room');
    expect(() => store.take([{ key: 'c', requests: 1, windowMs: 60_000 }])).toThrow('no room');
    expect(store.count('a', 60_000).requests).toBe(2);
    now = 1_000;
    expect(store.count('c', 60_000).requests).toBe(1);
  });

  it('takes all or nothing', () => {
    let now = 0;
    const store = new MemoryRateLimitStore({ now: () => now });
    const one = { key: 'one', requests: 1, windowMs: 60_000 };
    const five = { key: 'five', requests: 5, windowMs: 30_000 };
    expect(store.take([one, five])).toEqual({ isTaken: true, resetMs: 0 });
    now = 10_000;
    expect(store.take([five, one])).toEqual({ isTaken: false, resetMs: 50_000 });
    expect(store.count('five', 30_000).requests).toBe(2);
    now = 60_000;
    expect(store.take([one, five])).toEqual({ isTaken: true, resetMs: 0 });
  });

  it('full of open windows, looks at one or two for a new key, and not at all of them', () => {
    const store = new MemoryRateLimitStore({ mostKeys: 1_000 });
    for (let key = 0; key < 1_000; key++) store.count(`${key}`, key % 2 ? 60_000 : 600_000);
    let looked = 0;
    const entries = Map.prototype[Symbol.iterator];
    const spy = vi.spyOn(Map.prototype, Symbol.iterator).mockImplementation(function* (
      this: Map<unknown, unknown>,
    ) {
      for (const entry of { [Symbol.iterator]: () => entries.call(this) }) {
        looked += 1;
        yield entry;
      }
    } as never);
    for (let key = 0; key < 100; key++) store.count(`new ${key}`, 60_000);
    spy.mockRestore();
    expect(looked).toBeLessThan(1_000);
  });

  it('forgets closed windows first', () => {
    let now = 0;
    const store = new MemoryRateLimitStore({ mostKeys: 2, now: () => now });
    store.count('long', 60_000);
    store.count('short', 1_000);
    now = 1_000;
    store.count('new', 1_000);
    expect(store.count('long', 60_000).requests).toBe(2);
  });
});
