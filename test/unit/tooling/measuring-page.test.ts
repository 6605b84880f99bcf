import { expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { PUSHED } from '../../../src/panel/measuring/data-layer.js';

it('the table of the page about measuring names what is pushed, and nothing else', () => {
  const page = readFileSync('demo/docs/measuring.md', 'utf8');
  const rows = [...page.matchAll(/^\| `(osmtalk_\w+)` +\|/gm)].map(([, name]) => name);
  const pushed = Object.keys(PUSHED).map((name) => name.replaceAll('-', '_'));
  expect(new Set(rows)).toEqual(new Set(pushed));
  expect(rows).toHaveLength(pushed.length);
});
