import { describe, expect, it } from 'vitest';
import { IdempotencyCache } from '../../../src/relay/idempotency-cache.js';
import { deferred } from '../../support/deferred.js';

const forget = { keepFailures: false };
const keep = { keepFailures: true };

/** Answers 1, 2, 3 … */
function counting(): { make: () => Promise<number>; made: () => number } {
  let made = 0;
  return { make: async () => ++made, made: () => made };
}

describe('IdempotencyCache', () => {
  it('gives the first answer again, for ten minutes', async () => {
    let now = 0;
    const keeper = new IdempotencyCache(() => now);
    const { make } = counting();
    expect(await keeper.run('k', 'q', make, forget)).toBe(1);
    now = 10 * 60_000 - 1;
    expect(await keeper.run('k', 'q', make, forget)).toBe(1);
    expect(await keeper.run('other', 'q', make, forget)).toBe(2);
    now += 1;
    expect(await keeper.run('k', 'q', make, forget)).toBe(3);
  });

  it('makes one answer for two that ask at once', async () => {
    const keeper = new IdempotencyCache();
    const first = deferred<number>();
    const answers = [1, 2].map(() => keeper.run('k', 'q', () => first.promise, forget));
    first.resolve(7);
    expect(await Promise.all(answers)).toEqual([7, 7]);
  });

  it('refuses another question under the same key', async () => {
    const keeper = new IdempotencyCache();
    const { make } = counting();
    await keeper.run('k', 'q', make, forget);
    await expect(keeper.run('k', 'another', make, forget)).rejects.toMatchObject({
      code: 'idempotency_conflict',
      status: 409,
    });
  });

  it('forgets a failure, unless it may have cost money', async () => {
    const keeper = new IdempotencyCache();
    const fail = (): Promise<number> => Promise.reject(new Error('broken'));
    const { make, made } = counting();
    await expect(keeper.run('chat', 'q', fail, forget)).rejects.toThrow('broken');
    expect(await keeper.run('chat', 'q', make, forget)).toBe(1);
    await expect(keeper.run('paid', 'q', fail, keep)).rejects.toThrow('broken');
    await expect(keeper.run('paid', 'q', make, keep)).rejects.toThrow('broken');
    expect(made()).toBe(1);
  });

  it('does not keep what is large', async () => {
    const keeper = new IdempotencyCache();
    let made = 0;
    const make = async (): Promise<string> => String(++made) + 'x'.repeat(20_000);
    await keeper.run('k', 'q', make, forget);
    expect(await keeper.run('k', 'q', make, forget)).toMatch(/^2x/);
  });

  it('admits what is new alone, and never keeps a refusal', async () => {
    let admitted = 0;
    let isOpen = false;
    const admit = async (): Promise<void> => {
      if (!isOpen) throw new Error('too many');
      admitted += 1;
    };
    const keeper = new IdempotencyCache();
    const { make, made } = counting();
    const run = () => keeper.run('k', 'q', make, { keepFailures: true, admit });
    await expect(Promise.all([run(), run()])).rejects.toThrow('too many');
    isOpen = true;
    expect(await Promise.all([run(), run(), run()])).toEqual([1, 1, 1]);
    expect([admitted, made()]).toEqual([1, 1]);
  });

  it('takes an answer that cannot be written, and forgets it', async () => {
    const keeper = new IdempotencyCache();
    let made = 0;
    const make = async (): Promise<unknown> => ({ made: BigInt(++made) });
    expect(await keeper.run('k', 'q', make, forget)).toEqual({ made: 1n });
    expect(await keeper.run('k', 'q', make, forget)).toEqual({ made: 2n });
    expect(await keeper.run('paid', 'q', make, keep)).toEqual({ made: 3n });
    expect(await keeper.run('paid', 'q', make, keep)).toEqual({ made: 3n });
    expect(await keeper.run('nothing', 'q', async () => undefined, forget)).toBeUndefined();
  });

  it('takes no new one where it may not forget', async () => {
    let now = 0;
    const keeper = new IdempotencyCache(() => now, 'refuse');
    const { make } = counting();
    for (let key = 0; key < 2_000; key++) await keeper.run(String(key), 'q', make, keep);
    await expect(keeper.run('new', 'q', make, keep)).rejects.toMatchObject({ code: 'store_failed' });
    expect(await keeper.run('0', 'q', make, keep)).toBe(1);
    now = 10 * 60_000;
    expect(await keeper.run('new', 'q', make, keep)).toBe(2_001);
  });

  it('keeps 2,000, and then forgets the oldest', async () => {
    const keeper = new IdempotencyCache();
    const { make } = counting();
    for (let key = 0; key <= 2_000; key++) await keeper.run(String(key), 'q', make, forget);
    expect(await keeper.run('1', 'q', make, forget)).toBe(2);
    expect(await keeper.run('0', 'q', make, forget)).toBe(2_002);
  });
});
