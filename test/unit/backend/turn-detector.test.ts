import { describe, expect, it } from 'vitest';
import { CallerTurns } from '../../../demo/backend/agent/caller-turns.js';
import { TurnDetector } from '../../../demo/backend/agent/turn-detector.js';

/** Feeds a packet every 20 ms and answers when a turn was over, and how long it was. */
function listen(
  detector: TurnDetector,
  levels: (now: number) => number | undefined,
  untilMs: number,
): [number, number][] {
  const turns: [number, number][] = [];
  for (let now = 0; now < untilMs; now += 20) {
    const level = levels(now);
    if (level !== undefined) detector.hear(level, now);
    const spokenMs = detector.check(now);
    if (spokenMs !== undefined) turns.push([now, spokenMs]);
  }
  return turns;
}

const options = { quietMs: 700, longestMs: 6_000 };

describe('TurnDetector', () => {
  it('ends a turn after a pause', () => {
    const turns = listen(new TurnDetector(options), (now) => (now < 1_000 ? -15 : -80), 5_000);
    expect(turns).toEqual([[1_680, 1_000]]);
  });

  it('bridges short pauses', () => {
    const turns = listen(
      new TurnDetector(options),
      (now) => (now % 1_000 < 500 && now < 3_000 ? -20 : -80),
      5_000,
    );
    expect(turns).toHaveLength(1);
  });

  it('measures quiet by the clock when a silent browser sends nothing', () => {
    const turns = listen(new TurnDetector(options), (now) => (now < 1_000 ? -15 : undefined), 5_000);
    expect(turns).toHaveLength(1);
  });

  it('cuts a turn that never pauses', () => {
    const turns = listen(new TurnDetector(options), () => -15, 13_000);
    expect(turns.map(([, spokenMs]) => Math.round(spokenMs / 1_000))).toEqual([6, 6]);
  });

  it('takes no notice of noise and clicks', () => {
    const detector = new TurnDetector(options);
    expect(listen(detector, () => -60, 3_000)).toEqual([]);
    expect(listen(detector, (now) => (now < 60 ? -5 : -80), 3_000)).toEqual([]);
  });
});

describe('CallerTurns', () => {
  it('gives text that was typed while nobody asked', async () => {
    const turns = new CallerTurns(options);
    turns.type('one');
    turns.type('two');
    const { signal } = new AbortController();
    expect(await turns.next(signal)).toEqual({ kind: 'typed', text: 'one' });
    expect(await turns.next(signal)).toEqual({ kind: 'typed', text: 'two' });
    const later = turns.next(signal);
    turns.type('three');
    expect(await later).toEqual({ kind: 'typed', text: 'three' });
  });

  it('stops waiting when the call ends', async () => {
    const abort = new AbortController();
    const turn = new CallerTurns(options).next(abort.signal);
    abort.abort(new Error('over'));
    await expect(turn).rejects.toThrow('over');
  });
});
