import { expect, it } from 'vitest';
import { parseMarkdown } from '../../../src/markdown/parse-markdown.js';
import { countWork } from './count-work.js';

/** Below the length up to which a message is parsed. */
const LENGTH = 24_000;

const PATTERNS = [
  'a',
  'word ',
  '\n',
  'line\n',
  '**[',
  '*a **b ',
  '_a',
  '_x a* ',
  '*x* ',
  '~~',
  '[',
  ']',
  '[[a](b)',
  '[a](',
  '[a](b(c)',
  '[a](<',
  '[a](b "',
  '[a](b \'c" ',
  '[a](https://b.c)',
  '[a](https://b.c ',
  '![[',
  '](https://',
  'https://',
  'xhttps://',
  '.https://a]',
  'https://a.b ',
  'a@b.c ',
  '@',
  'a@',
  '<a:',
  '<a@',
  '`a`',
  '`a``b```c',
  '\\*',
  '\\',
  '>',
  '> ',
  '- ',
  '1. ',
  '- a\n',
  '- a\n\n',
  '#',
  '# ',
  '---',
  '* * ',
  '```\n',
  '~~~ ',
  '|',
  'a|b\n-|-\n',
  '|\n|-\n',
  '\t',
  ' \n',
  '\u202e',
  '\ud800',
] as const;

it.each(PATTERNS)('%j, twice as often, takes twice the work and not more', async (pattern) => {
  const work = (length: number) =>
    countWork(() => void parseMarkdown(pattern.repeat(Math.ceil(length / pattern.length))));
  const once = await work(LENGTH);
  const twice = await work(2 * LENGTH);
  expect(twice / once).toBeLessThan(2.3);
  expect(twice / (2 * LENGTH)).toBeLessThan(150);
});

it.each([
  [
    'a list in a list',
    (count: number) => Array.from({ length: count }, (_, at) => `${' '.repeat(2 * at)}- x`).join('\n'),
  ],
  [
    'runs of backticks',
    (count: number) => Array.from({ length: count }, (_, at) => '`'.repeat(at)).join(' '),
  ],
  ['markers that end 32 others', (count: number) => `${'_x '.repeat(32)}${'a* '.repeat(count * count)}`],
  ['blank lines in an item', (count: number) => `- a${'\n'.repeat(count * count)}- b`],
  ['brackets closed late', (count: number) => `${'['.repeat(count * count)}${']'.repeat(count * count)}`],
  ['emphasis closed late', (count: number) => `${'*a '.repeat(count * count)}${'a* '.repeat(count * count)}`],
])('%s: four times the length takes four times the work and not more', async (_what, text) => {
  const work = (count: number) => countWork(() => void parseMarkdown(text(count)));
  expect((await work(120)) / (await work(60))).toBeLessThan(4.6);
});

it('would see a scan that begins again and again', async () => {
  const text = 'a'.repeat(2_000);
  const scan = (from: number) =>
    countWork(() => {
      parseMarkdown('');
      for (let at = 0; at < from; at++) text.slice(0, from).indexOf('b', at);
    });
  expect((await scan(2_000)) / (await scan(1_000))).toBeGreaterThan(3.5);
});
