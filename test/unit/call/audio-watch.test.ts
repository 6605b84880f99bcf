import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AudioWatch, type AudioLevels } from '../../../src/call/audio-watch.js';
import type { AudioTotals } from '../../../src/voice/transport.js';
import { deferred, type Deferred } from '../../support/deferred.js';

const SILENCE: AudioTotals = { agentEnergy: 0, agentPackets: 0, callerEnergy: 0, callerPackets: 0 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A watch over totals that the test sets. */
function watchOver(read?: () => Promise<AudioTotals>) {
  const link = { totals: SILENCE, looks: 0 };
  const levels: AudioLevels[] = [];
  const watch = new AudioWatch(
    () => {
      link.looks++;
      return read ? read() : Promise.resolve(link.totals);
    },
    (level) => levels.push(level),
  );
  return { link, levels, watch };
}

describe('what was heard', () => {
  it.each([
    ['nothing', {}, { agent: false, caller: false }],
    ['comfort noise', { agentEnergy: 1e-6, callerEnergy: 1e-6 }, { agent: false, caller: false }],
    ['packets without sound', { agentPackets: 900, callerPackets: 900 }, { agent: false, caller: false }],
    ['the agent', { agentEnergy: 0.01 }, { agent: true, caller: false }],
    ['the caller', { callerEnergy: 0.01 }, { agent: false, caller: true }],
    ['both', { agentEnergy: 0.01, callerEnergy: 0.01 }, { agent: true, caller: true }],
  ])('is known from the energy: %s', async (_what, totals, heard) => {
    const { link, watch } = watchOver();
    watch.start();
    link.totals = { ...SILENCE, ...totals };
    await vi.advanceTimersByTimeAsync(250);
    expect(watch.heard).toEqual(heard);
  });

  it('is unknown of a caller whose level the browser does not give, and the agent is known by its packets', async () => {
    const { link, levels, watch } = watchOver();
    watch.start();
    link.totals = { agentEnergy: null, agentPackets: 50, callerEnergy: null, callerPackets: 90 };
    await vi.advanceTimersByTimeAsync(250);
    expect(watch.heard).toEqual({ agent: true, caller: null });
    expect(levels.at(-1)).toEqual({ agent: null, caller: null });
    link.totals = { ...link.totals, callerEnergy: 0 };
    await vi.advanceTimersByTimeAsync(250);
    expect(watch.heard.caller).toBe(false);
  });

  it('stays heard when a new track begins to count at zero', async () => {
    const { link, watch } = watchOver();
    watch.start();
    link.totals = { agentEnergy: 0.5, agentPackets: 100, callerEnergy: 0.4, callerPackets: 90 };
    await vi.advanceTimersByTimeAsync(250);
    link.totals = { agentEnergy: 0, agentPackets: 120, callerEnergy: 0.6, callerPackets: 3 };
    await vi.advanceTimersByTimeAsync(250);
    expect(watch.totals).toEqual({
      agentEnergy: 0.5,
      agentPackets: 120,
      callerEnergy: 0.6,
      callerPackets: 90,
    });
  });

  it('is nothing before the first look', () => {
    const { watch } = watchOver();
    watch.start();
    expect(watch.totals).toEqual(SILENCE);
  });
});

describe('looking', () => {
  it('is done four times a second, from the start to the stop', async () => {
    const { link, watch } = watchOver();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(link.looks).toBe(0);
    watch.start();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(link.looks).toBe(4);
    watch.stop();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(link.looks).toBe(4);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('survives a look that fails', async () => {
    let fails = true;
    const { watch, levels } = watchOver(() =>
      fails ? Promise.reject(new Error('no stats')) : Promise.resolve({ ...SILENCE, agentEnergy: 1 }),
    );
    watch.start();
    await vi.advanceTimersByTimeAsync(250);
    expect(levels).toEqual([]);
    fails = false;
    await vi.advanceTimersByTimeAsync(250);
    expect(watch.heard.agent).toBe(true);
  });

  it('is not done twice at a time', async () => {
    const answers: Deferred<AudioTotals>[] = [];
    const { link, watch } = watchOver(() => {
      const answer = deferred<AudioTotals>();
      answers.push(answer);
      return answer.promise;
    });
    watch.start();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(link.looks).toBe(1);
    answers[0]?.resolve(SILENCE);
    await vi.advanceTimersByTimeAsync(250);
    expect(link.looks).toBe(2);
  });

  it('tells nothing that arrives after the stop', async () => {
    const answer = deferred<AudioTotals>();
    const { levels, watch } = watchOver(() => answer.promise);
    watch.start();
    await vi.advanceTimersByTimeAsync(250);
    watch.stop();
    answer.resolve({ ...SILENCE, agentEnergy: 1 });
    await vi.advanceTimersByTimeAsync(0);
    expect(levels).toEqual([]);
    expect(watch.heard.agent).toBe(false);
  });
});

describe('finishing', () => {
  it('looks once more, then stops', async () => {
    const { link, watch } = watchOver();
    watch.start();
    link.totals = { ...SILENCE, agentEnergy: 0.2 };
    await watch.finish();
    expect(watch.heard.agent).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('counts a look that is under way', async () => {
    const answer = deferred<AudioTotals>();
    const { watch } = watchOver(() => answer.promise);
    watch.start();
    await vi.advanceTimersByTimeAsync(250);
    const finished = watch.finish();
    answer.resolve({ ...SILENCE, agentEnergy: 0.2 });
    await finished;
    expect(watch.heard.agent).toBe(true);
  });

  it('stops although the last look fails', async () => {
    const { watch } = watchOver(() => Promise.reject(new Error('link gone')));
    watch.start();
    await watch.finish();
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(['before a start', 'after a stop'])('does not look %s', async (when) => {
    const { link, watch } = watchOver();
    if (when === 'after a stop') {
      watch.start();
      watch.stop();
    }
    await watch.finish();
    expect(link.looks).toBe(0);
  });
});

describe('levels', () => {
  it('show the sound since the last look, from silence to loud speech', async () => {
    const { link, levels, watch } = watchOver();
    watch.start();
    await vi.advanceTimersByTimeAsync(250);
    link.totals = { ...SILENCE, agentEnergy: 0.001, callerEnergy: 9 };
    await vi.advanceTimersByTimeAsync(250);
    await vi.advanceTimersByTimeAsync(250);
    expect(levels).toHaveLength(3);
    expect(levels[0]).toEqual({ agent: 0, caller: 0 });
    expect(levels[1]?.agent).toBeGreaterThan(0.1);
    expect(levels[1]?.agent).toBeLessThan(0.5);
    expect(levels[1]?.caller).toBe(1);
    expect(levels[2]).toEqual({ agent: 0, caller: 0 });
  });

  it('never go below silence, also when a new track counts from zero', async () => {
    const { link, levels, watch } = watchOver();
    watch.start();
    link.totals = { ...SILENCE, agentEnergy: 1 };
    await vi.advanceTimersByTimeAsync(250);
    link.totals = SILENCE;
    await vi.advanceTimersByTimeAsync(250);
    expect(levels.at(-1)).toEqual({ agent: 0, caller: 0 });
  });
});
