import { expect, it } from 'vitest';
import { misleads, safeLink } from '../../../src/markdown/safe-link.js';
import { HOSTILE_TARGETS } from '../../support/hostile-strings.js';

it.each([
  ['https://a.example/b?c#d', 'https://a.example/b?c#d'],
  ['HTTP://A.example', 'http://a.example/'],
  ['mailto:a@b.example?subject=Hi', 'mailto:a@b.example?subject=Hi'],
  ['tel:+15550100', 'tel:+15550100'],
  ['https://a.exa\tmple/\nb', 'https://a.example/b'],
])('%j leads somewhere', (target, href) => expect(safeLink(target)).toBe(href));

it.each(HOSTILE_TARGETS)('%j leads nowhere', (target) => expect(safeLink(target)).toBeNull());

it('refuses what is too long for an address', () => {
  expect(safeLink(`https://a.example/${'b'.repeat(2_000)}`)).not.toBeNull();
  expect(safeLink(`https://a.example/${'b'.repeat(2_100)}`)).toBeNull();
});

it.each([
  ['https://bank.example', 'https://evil.example/', true],
  [' HTTPS://bank.example/login ', 'https://evil.example/', true],
  ['www.bank.example', 'https://evil.example/', true],
  ['https://bank.example', 'mailto:a@evil.example', true],
  ['https://bank.example', 'https://bank.example/login', false],
  ['our bank', 'https://evil.example/', false],
])('%j for %j: misleading is %s', (words, href, expected) => expect(misleads(words, href)).toBe(expected));
