import { expect, it } from 'vitest';
import { DerivedState } from '../../../src/call/derived-state.js';

it('who makes a sound speaks, over the pauses between words; who was heard once listens; nothing before', () => {
  const state = new DerivedState();
  const looks: [level: number | null, atMs: number][] = [
    [0, 0],
    [0.001, 5_000],
    [0.3, 5_250],
    [0, 5_500],
    [0.2, 5_750],
    [0, 6_500],
    [0, 6_750],
    [null, 60_000],
    [0.3, 60_250],
  ];
  expect(looks.map(([level, atMs]) => state.observe(level, atMs))).toEqual([
    null,
    null,
    'speaking',
    'speaking',
    'speaking',
    'speaking',
    'listening',
    'listening',
    'speaking',
  ]);
});
