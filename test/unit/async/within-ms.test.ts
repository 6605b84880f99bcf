import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withinMs } from '../../../src/async/within-ms.js';
import { deferred } from '../../support/deferred.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const { signal } = new AbortController();

describe('a limit of patience', () => {
  it('is not reached by what is there already', async () => {
    await expect(withinMs(Promise.resolve('value'), 100, signal)).resolves.toBe('value');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends the waiting, not the thing waited for', async () => {
    const slow = deferred<string>();
    const outcome = withinMs(slow.promise, 100, signal);
    await vi.advanceTimersByTimeAsync(100);
    await expect(outcome).resolves.toBeNull();
    slow.resolve('late');
    await expect(slow.promise).resolves.toBe('late');
  });

  it('is over at once after a cancellation', async () => {
    const controller = new AbortController();
    const outcome = withinMs(deferred<string>().promise, 100, controller.signal);
    controller.abort();
    await expect(outcome).resolves.toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('passes an error on', async () => {
    await expect(withinMs(Promise.reject(new Error('no')), 100, signal)).rejects.toThrow('no');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('needs no signal', async () => {
    const outcome = withinMs(deferred<string>().promise, 100);
    await vi.advanceTimersByTimeAsync(100);
    await expect(outcome).resolves.toBeNull();
  });

  it('does not begin after a cancellation', async () => {
    await expect(withinMs(deferred<string>().promise, 100, AbortSignal.abort())).resolves.toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves an error that comes too late to nobody', async () => {
    const slow = deferred<string>();
    const outcome = withinMs(slow.promise, 100, signal);
    await vi.advanceTimersByTimeAsync(100);
    slow.reject(new Error('late'));
    await expect(outcome).resolves.toBeNull();
  });

  it('leaves no listener behind', async () => {
    await withinMs(Promise.resolve('value'), 100, signal);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
