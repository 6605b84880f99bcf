import { describe, expect, it } from 'vitest';
import { isOnPath, readMoment } from '../../../../src/panel/teaser/when.js';

describe('teaser-after', () => {
  it.each([
    [undefined, { kind: 'seconds', seconds: 5 }],
    ['', { kind: 'seconds', seconds: 5 }],
    ['0', { kind: 'seconds', seconds: 0 }],
    ['8', { kind: 'seconds', seconds: 8 }],
    [' 2.5s ', { kind: 'seconds', seconds: 2.5 }],
    ['exit', { kind: 'exit' }],
    ['scroll:50', { kind: 'scroll', percent: 50 }],
    ['scroll:100%', { kind: 'scroll', percent: 100 }],
  ])('%j', (value, moment) => {
    expect(readMoment(value)).toEqual(moment);
  });

  it.each(['soon', '-1', 'scroll', 'scroll:101', 'scroll:x', 'exit!', '1e9', 'NaN', '5 seconds'])(
    '%j is none',
    (value) => {
      expect(readMoment(value)).toBeNull();
    },
  );

  it('a number, as a page that sets the property may write it', () => {
    expect(readMoment(3)).toEqual({ kind: 'seconds', seconds: 3 });
  });
});

describe('teaser-on', () => {
  it.each([
    [undefined, '/anything'],
    ['', '/anything'],
    ['/pricing', '/pricing'],
    ['/pricing', '/pricing/'],
    ['/pricing/', '/pricing'],
    ['/', '/'],
    ['/docs/*', '/docs/start'],
    ['/docs*', '/docs'],
    ['*', '/x'],
    ['*/checkout', '/de/shop/checkout'],
    ['/shop/*/item', '/shop/shoes/item'],
    ['/a /b, /c', '/c'],
  ])('%j is for %s', (patterns, path) => {
    expect(isOnPath(patterns, path)).toBe(true);
  });

  it.each([
    ['/pricing', '/pricing/old'],
    ['/', '/about'],
    ['/docs/*', '/document'],
    ['*/checkout', '/checkout/done'],
    ['/a*a', '/a'],
    ['/shop/*/item', '/shop/item'],
    ['/Pricing', '/pricing'],
  ])('%j is not for %s', (patterns, path) => {
    expect(isOnPath(patterns, path)).toBe(false);
  });

  it('a pattern of stars takes no time', () => {
    expect(isOnPath(`/${'*a'.repeat(2_000)}b`, `/${'a'.repeat(20_000)}`)).toBe(false);
  });
});
