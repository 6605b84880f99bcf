import { expect, it, vi } from 'vitest';
import { lazy } from '../../../src/async/lazy.js';
import { deferred } from '../../support/deferred.js';

it('fetches nothing before it is asked', () => {
  const fetch = vi.fn<() => Promise<string>>();
  lazy(fetch);
  expect(fetch).not.toHaveBeenCalled();
});

it('gives what is on its way, or has come, to whoever asks', async () => {
  const module = deferred<string>();
  const fetch = vi.fn(() => module.promise);
  const load = lazy(fetch);
  const both = Promise.all([load(), load()]);
  module.resolve('code');
  expect(await both).toEqual(['code', 'code']);
  expect(await load()).toBe('code');
  expect(fetch).toHaveBeenCalledTimes(1);
});

it('tells those who waited of a failure, and tries anew for the next', async () => {
  const fault = new Error('offline');
  const fetch = vi.fn<() => Promise<string>>().mockRejectedValueOnce(fault).mockResolvedValue('code');
  const load = lazy(fetch);
  const both = Promise.allSettled([load(), load()]);
  expect(await both).toEqual([
    { status: 'rejected', reason: fault },
    { status: 'rejected', reason: fault },
  ]);
  expect(await load()).toBe('code');
  expect(fetch).toHaveBeenCalledTimes(2);
});

it('tries anew for one who asks in the moment of the failure, once', async () => {
  const fetch = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(new Error('offline'))
    .mockResolvedValue('code');
  const load = lazy(fetch);
  const again = (): Promise<string> => load();
  expect(await Promise.all([load().catch(again), load().catch(again)])).toEqual(['code', 'code']);
  expect(fetch).toHaveBeenCalledTimes(2);
});

it('need not be caught where nobody waits for it', async () => {
  const unhandled = vi.fn<() => void>();
  process.on('unhandledRejection', unhandled);
  void lazy(() => Promise.reject(new Error('offline')))();
  await new Promise(setImmediate);
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});
