import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LinkRepair } from '../../../../src/voice/webrtc/link-repair.js';
import { RefusedError } from '../../../../src/voice/webrtc/webrtc-session.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** What comes of each attempt, in turn; the last one goes on. Notes when each began. */
function repairThat(...outcomes: (Error | 'answered' | Promise<void>)[]) {
  const attempts: number[] = [];
  const startedAt = Date.now();
  let refused = 0;
  const repair = new LinkRepair(
    async () => {
      attempts.push(Date.now() - startedAt);
      const outcome = outcomes.length > 1 ? outcomes.shift() : outcomes[0];
      if (outcome instanceof Error) throw outcome;
      if (outcome instanceof Promise) await outcome;
    },
    () => (refused += 1),
  );
  return { repair, attempts, refused: () => refused };
}

const passing = new TypeError('Failed to fetch');

it('waits as long as it is told before the first attempt', async () => {
  const { repair, attempts } = repairThat('answered');
  repair.start(2_500);
  repair.start(0);
  await vi.advanceTimersByTimeAsync(2_499);
  expect(attempts).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(attempts).toEqual([2_500]);
  repair.stop();
});

it('gives an answered attempt five seconds, and one that did not get through two', async () => {
  const { repair, attempts } = repairThat('answered', passing);
  repair.start(0);
  await vi.advanceTimersByTimeAsync(8_000);
  expect(attempts).toEqual([0, 5_000, 7_000]);
  repair.stop();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(attempts.length).toBe(3);
});

it('gives further answered attempts ten seconds, and begins anew with the next break', async () => {
  const { repair, attempts } = repairThat('answered');
  repair.start(0);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(attempts).toEqual([0, 5_000, 15_000, 25_000]);
  repair.stop();
  repair.start(0);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(attempts.slice(4)).toEqual([30_000, 35_000]);
  repair.stop();
});

it('does not ask again what was refused, and says so once', async () => {
  const { repair, attempts, refused } = repairThat(passing, new RefusedError('405'));
  repair.start(0);
  await vi.advanceTimersByTimeAsync(60_000);
  repair.hurry();
  repair.stop();
  repair.start(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(attempts).toEqual([0, 2_000]);
  expect(refused()).toBe(1);
  expect(repair.isRefused).toBe(true);
  repair.stop();
});

it('waits no longer when what it waits for has come, but only while there is something to mend', async () => {
  const { repair, attempts } = repairThat(passing);
  repair.hurry();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(attempts).toEqual([]);
  repair.start(2_500);
  repair.hurry();
  await vi.advanceTimersByTimeAsync(500);
  expect(attempts).toEqual([10_000]);
  repair.hurry();
  await vi.advanceTimersByTimeAsync(0);
  expect(attempts).toEqual([10_000, 10_500]);
  repair.stop();
});

it('asks one thing at a time: a second break waits for the attempt of the first', async () => {
  let answer = (): void => undefined;
  const { repair, attempts } = repairThat(new Promise<void>((resolve) => (answer = resolve)), 'answered');
  repair.start(0);
  await vi.advanceTimersByTimeAsync(0);
  expect(repair.isAsking).toBe(true);
  repair.stop();
  repair.start(0);
  repair.hurry();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(attempts).toEqual([0]);
  answer();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(repair.isAsking).toBe(false);
  expect(attempts).toEqual([0, 8_000]);
  repair.stop();
});
