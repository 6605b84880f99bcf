import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ToolCards } from '../../../src/element/panel/tool-cards.js';
import type { ToolStatus } from '../../../src/voice/transport.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const tool = (name: string, status: ToolStatus['status']): ToolStatus => ({ name, status, seconds: 0 });

/** The cards of one call, and what the visitor saw at each change. */
function setUpCards() {
  const seen: string[][] = [];
  const shown = (): string[] => cards.tools.map(({ name, status }) => `${name} ${status}`);
  const cards = new ToolCards(() => seen.push(shown()));
  return {
    cards,
    shown,
    seen,
    put: (name: string, status: ToolStatus['status']) => cards.put(tool(name, status)),
  };
}

describe('a tool', () => {
  it('is shown as long as it runs', async () => {
    const { put, shown } = setUpCards();
    put('calendar', 'running');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(shown()).toEqual(['calendar running']);
  });

  it('that is done is shown for three seconds more', async () => {
    const { put, shown, seen } = setUpCards();
    put('calendar', 'running');
    await vi.advanceTimersByTimeAsync(1_000);
    put('calendar', 'done');
    await vi.advanceTimersByTimeAsync(2_999);
    expect(shown()).toEqual(['calendar done']);
    await vi.advanceTimersByTimeAsync(1);
    expect(shown()).toEqual([]);
    expect(seen).toEqual([['calendar running'], ['calendar done'], []]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that failed stays', async () => {
    const { put, shown } = setUpCards();
    put('calendar', 'running');
    put('calendar', 'failed');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(shown()).toEqual(['calendar failed']);
  });

  it('that is only told when it is done is shown too', () => {
    const { put, shown } = setUpCards();
    put('calendar', 'done');
    expect(shown()).toEqual(['calendar done']);
  });

  it('has one line, whatever becomes of it', () => {
    const { put, shown } = setUpCards();
    for (const status of ['running', 'failed', 'running', 'done'] as const) put('calendar', status);
    expect(shown()).toEqual(['calendar done']);
  });

  it('that runs again while its line fades stays', async () => {
    const { put, shown } = setUpCards();
    put('calendar', 'done');
    await vi.advanceTimersByTimeAsync(2_000);
    put('calendar', 'running');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(shown()).toEqual(['calendar running']);
  });

  it('that is done twice is shown for three seconds after the second time', async () => {
    const { put, shown } = setUpCards();
    put('calendar', 'done');
    await vi.advanceTimersByTimeAsync(2_000);
    put('calendar', 'done');
    await vi.advanceTimersByTimeAsync(2_999);
    expect(shown()).toEqual(['calendar done']);
    await vi.advanceTimersByTimeAsync(1);
    expect(shown()).toEqual([]);
  });
});

describe('several tools', () => {
  it('are shown side by side, the latest news last', () => {
    const { put, shown } = setUpCards();
    put('calendar', 'running');
    put('weather', 'running');
    expect(shown()).toEqual(['calendar running', 'weather running']);
    put('calendar', 'failed');
    expect(shown()).toEqual(['weather running', 'calendar failed']);
  });

  it('fade each in its own time', async () => {
    const { put, shown } = setUpCards();
    put('calendar', 'done');
    await vi.advanceTimersByTimeAsync(1_000);
    put('weather', 'done');
    put('map', 'failed');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(shown()).toEqual(['weather done', 'map failed']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(shown()).toEqual(['map failed']);
  });
});

describe('clearing', () => {
  it('takes all away, and leaves no clock running', () => {
    const { cards, put, shown, seen } = setUpCards();
    put('calendar', 'done');
    put('weather', 'failed');
    put('map', 'running');
    cards.clear();
    expect(shown()).toEqual([]);
    expect(seen.at(-1)).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('makes room for the next call, which an old clock does not touch', async () => {
    const { cards, put, shown } = setUpCards();
    put('calendar', 'done');
    await vi.advanceTimersByTimeAsync(2_000);
    cards.clear();
    put('calendar', 'done');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(shown()).toEqual(['calendar done']);
  });
});

it('what was handed out is never changed afterwards', () => {
  const { cards, put } = setUpCards();
  put('calendar', 'running');
  const before = cards.tools;
  put('calendar', 'done');
  expect(before).toEqual([tool('calendar', 'running')]);
});
