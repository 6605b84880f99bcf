import type { TemplateResult } from 'lit';
import { expect, it } from 'vitest';
import { longText } from '../../../src/ui/long-text.js';

/** The texts of the blocks. */
function pieces(text: string): string[] {
  const shown = longText(text);
  return typeof shown === 'string' ? [shown] : shown.map(({ values }: TemplateResult) => String(values[0]));
}

it('leaves a text alone that is laid out in no time', () => {
  expect(longText('x'.repeat(4_000))).toBe('x'.repeat(4_000));
});

it.each([
  ['one word', 'x'.repeat(100_000)],
  ['words', 'word '.repeat(20_000)],
  ['lines', 'line of words\n'.repeat(5_000)],
  ['emoji', 'x' + '😀'.repeat(20_000)],
])('loses nothing of %s, in pieces of at most 2,000 characters', (_what, text) => {
  expect(pieces(text).join('')).toBe(text);
  expect(Math.max(...pieces(text).map((piece) => piece.length))).toBeLessThanOrEqual(2_000);
});

it('ends a piece with a line, else with a word, and never within a character', () => {
  const ends = (text: string) =>
    new Set(
      pieces(text)
        .slice(0, -1)
        .map((piece) => piece.at(-1)),
    );
  expect(ends('line of words\n'.repeat(5_000))).toEqual(new Set(['\n']));
  expect(ends('word '.repeat(20_000))).toEqual(new Set([' ']));
  for (const piece of pieces('x' + '😀'.repeat(20_000))) expect(piece).not.toMatch(/^[\udc00-\udfff]/);
});
