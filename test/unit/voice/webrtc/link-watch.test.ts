import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CALL_LIMITS } from '../../../../src/call/call-limits.js';
import { LinkWatch } from '../../../../src/voice/webrtc/link-watch.js';

let events: string[];
let watch: LinkWatch;

beforeEach(() => {
  vi.useFakeTimers();
  events = [];
  watch = new LinkWatch({
    onQuiet: () => events.push('quiet'),
    onBack: () => events.push('back'),
    onLost: () => events.push('lost'),
  });
  watch.start();
});

afterEach(() => {
  watch.stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** The other side sends its sign of life, every second for a while. */
function live(seconds: number): void {
  for (let second = 0; second < seconds; second += 1) {
    watch.heard();
    vi.advanceTimersByTime(1_000);
  }
}

describe('signs of life', () => {
  it('once a second are a link that works', () => {
    live(60);
    expect(events).toEqual([]);
  });

  it('that stop for 3 s are told, once, and that they are back', () => {
    live(5);
    vi.advanceTimersByTime(2_000);
    expect(events).toEqual(['quiet']);
    live(5);
    expect(events).toEqual(['quiet', 'back']);
  });

  it('that stay away for 30 s mean the end, as on LiveKit, and nothing is told after it', () => {
    live(1);
    vi.advanceTimersByTime(31_000);
    expect(events).toEqual(['quiet']);
    vi.advanceTimersByTime(3_000);
    expect(events).toEqual(['quiet', 'lost']);
    live(5);
    watch.ice(false);
    expect(events).toEqual(['quiet', 'lost']);
  });

  it('are waited for no longer than on LiveKit', () => {
    watch.ice(false);
    vi.advanceTimersByTime(CALL_LIMITS.reconnectMs);
    expect(events).toEqual(['quiet']);
    vi.advanceTimersByTime(500);
    expect(events).toEqual(['quiet', 'lost']);
  });

  it('that a server never sends are not missed', () => {
    vi.advanceTimersByTime(60_000);
    expect(events).toEqual([]);
  });
});

describe('ICE', () => {
  it('tells a broken link at once, and one that is back', () => {
    watch.ice(false);
    watch.ice(false);
    expect(events).toEqual(['quiet']);
    watch.ice(true);
    expect(events).toEqual(['quiet', 'back']);
  });

  it('that is back is not believed while the other side is silent', () => {
    live(1);
    watch.ice(false);
    vi.advanceTimersByTime(3_000);
    watch.ice(true);
    expect(events).toEqual(['quiet']);
    watch.heard();
    expect(events).toEqual(['quiet', 'back']);
  });

  it('counts 30 s anew with every break', () => {
    watch.ice(false);
    vi.advanceTimersByTime(29_000);
    watch.ice(true);
    watch.ice(false);
    vi.advanceTimersByTime(29_000);
    expect(events).toEqual(['quiet', 'back', 'quiet']);
    vi.advanceTimersByTime(2_000);
    expect(events.at(-1)).toBe('lost');
  });
});

it('is silent before it starts, and after it stops', () => {
  watch.stop();
  watch.ice(false);
  vi.advanceTimersByTime(60_000);
  expect(events).toEqual([]);
});
