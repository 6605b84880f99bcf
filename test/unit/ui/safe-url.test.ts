import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { safeImageUrl, safeLink } from '../../../src/ui/safe-url.js';

beforeEach(() => void vi.stubGlobal('document', { baseURI: 'https://site.example/shop/page.html' }));
afterEach(() => void vi.unstubAllGlobals());

describe.each([
  ['link', safeLink],
  ['picture', safeImageUrl],
])('the address of a %s', (_what, safe) => {
  it.each([
    ['https://other.example/terms', 'https://other.example/terms'],
    ['http://other.example', 'http://other.example/'],
    ['/terms', 'https://site.example/terms'],
    ['terms.html?x=1#y', 'https://site.example/shop/terms.html?x=1#y'],
    ['//cdn.example/a.png', 'https://cdn.example/a.png'],
  ])('may be %s', (url, expected) => expect(safe(url)).toBe(expected));

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'vbscript:x',
    'blob:https://site.example/1',
    'file:///etc/passwd',
    'about:blank',
    'https://',
    '',
    undefined,
  ])('may not be %j', (url) => expect(safe(url)).toBeNull());
});

it('may be data only for a picture, where nothing in it can run', () => {
  const picture = 'data:image/svg+xml,<svg onload="alert(1)"/>';
  expect(safeImageUrl(picture)).toMatch(/^data:image\/svg\+xml,/);
  expect(safeLink(picture)).toBeNull();
});
