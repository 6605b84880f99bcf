import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { CoolDown } from '../../../src/call/cool-down.js';
import { describeFailureReason } from '../../../src/failures/describe-failure-reason.js';
import type { Failure } from '../../../src/failures/failure.js';
import type { FailureReason } from '../../../src/failures/failure-reasons.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function failed(
  reason: FailureReason,
  callId: string | null = 'call_1',
): { callId: string | null; failure: Failure } {
  return { callId, failure: { ...describeFailureReason(reason), reason, source: 'device' } };
}
const conversed = { callId: 'call_1', failure: null };

function setUp() {
  const clock = { now: 0 };
  const onTick = vi.fn();
  const coolDown = new CoolDown(onTick, () => clock.now);
  const fail = (times: number, reason: FailureReason = 'agent-silent', callId?: string | null): void => {
    for (let time = 0; time < times; time++) coolDown.note(failed(reason, callId), null);
  };
  return { clock, coolDown, fail, onTick };
}

describe('trying again', () => {
  it.each([
    [1, 0],
    [2, 0],
    [3, 5],
    [4, 10],
    [5, 20],
    [6, 40],
    [7, 60],
    [50, 60],
  ])('after %i failures in a row waits %i s', (times, seconds) => {
    const { coolDown, fail } = setUp();
    fail(times);
    expect(coolDown.seconds).toBe(seconds);
  });

  it('counts down', () => {
    const { clock, coolDown, fail } = setUp();
    fail(3);
    clock.now = 3_400;
    expect(coolDown.seconds).toBe(2);
    clock.now = 5_000;
    expect(coolDown.seconds).toBe(0);
  });

  it('is free again after a call that worked', () => {
    const { coolDown, fail } = setUp();
    fail(2);
    coolDown.note(conversed, null);
    fail(2);
    expect(coolDown.seconds).toBe(0);
  });

  it('is free however often the microphone is refused: no request was sent', () => {
    const { coolDown, fail } = setUp();
    fail(20, 'microphone-denied', null);
    fail(20, 'offline', null);
    expect(coolDown.seconds).toBe(0);
  });

  it('waits when connect itself fails again and again', () => {
    const { coolDown, fail } = setUp();
    fail(3, 'server-error', null);
    expect(coolDown.seconds).toBe(5);
  });

  it('waits as long as the API asks, but not for ever', () => {
    const { coolDown } = setUp();
    coolDown.note(failed('rate-limited', null), 12_000);
    expect(coolDown.seconds).toBe(12);
    coolDown.note(failed('rate-limited', null), 86_400_000);
    expect(coolDown.seconds).toBe(60);
  });

  it('tells of every second, the last one too, and then rests', () => {
    const { clock, fail, onTick } = setUp();
    fail(3);
    for (let second = 1; second <= 9; second++) {
      clock.now = second * 1_000;
      vi.advanceTimersByTime(1_000);
    }
    expect(onTick).toHaveBeenCalledTimes(5);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tells of nothing once it is disposed of', () => {
    const { coolDown, fail, onTick } = setUp();
    fail(3);
    coolDown.dispose();
    vi.advanceTimersByTime(60_000);
    expect(onTick).not.toHaveBeenCalled();
  });
});
