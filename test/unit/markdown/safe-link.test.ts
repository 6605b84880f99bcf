import { describe, expect, it } from 'vitest';
import { misleads } from '../../../src/markdown/misleads.js';
import { isWithinPage, safeLink, safeTarget } from '../../../src/markdown/safe-link.js';
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
  ['tel:+1-555-0100', 'tel:+15550100'],
  ['tel:(030) 90 18 20', 'tel:030901820'],
  ['tel:*%2306%23', null],
  ['tel:*31%23+4930901820', null],
  ['tel:+4930901820;phone-context=evil.example', null],
  ['tel:+4930901820,,1234', null],
])('%j is %j, digits and nothing else', (target, href) => expect(safeLink(target)).toBe(href));

const PAGE = 'https://shop.example/de/products?x=1';

it.each([
  ['/pricing', 'https://shop.example/pricing'],
  ['#contact', 'https://shop.example/de/products?x=1#contact'],
  ['?page=2', 'https://shop.example/de/products?page=2'],
  ['./size-guide', 'https://shop.example/de/size-guide'],
  ['../en', 'https://shop.example/en'],
  ['size-guide.html', 'https://shop.example/de/size-guide.html'],
  ['docs/start', 'https://shop.example/de/docs/start'],
  ['/preise/über-uns', 'https://shop.example/preise/%C3%BCber-uns'],
  ['www.acme.example', 'https://www.acme.example/'],
  ['acme.example/pricing', 'https://acme.example/pricing'],
  ['ada@acme.example', 'mailto:ada@acme.example'],
  ['https://acme.example', 'https://acme.example/'],
])('%j, written on a page of a shop, leads to %j', (target, href) =>
  expect(safeTarget(target, PAGE)).toBe(href),
);

const STAYS = new Set(['/relative', '#fragment', '?query']);

it.each(HOSTILE_TARGETS.filter((target) => !STAYS.has(target)))(
  '%j leads nowhere from a page either',
  (target) => expect(safeTarget(target, PAGE)).toBeNull(),
);

it.each(['//evil.example/x', '/\\evil.example', '\\\\evil.example', '/\t/evil.example', 'x:y', '.', 'a b:c'])(
  '%j never leads from a page to another origin',
  (target) => expect(new URL(safeTarget(target, PAGE) ?? PAGE).origin).toBe('https://shop.example'),
);

it('knows no page in a file or a frame without an address', () => {
  for (const page of ['file:///home/ada/a.html', 'about:srcdoc', null])
    expect(safeTarget('/pricing', page)).toBeNull();
});

it.each([
  ['https://shop.example/de/products?x=1#contact', true],
  ['https://shop.example/de/products?x=1', false],
  ['https://shop.example/de/products#contact', false],
  ['https://acme.example/#contact', false],
])('%j leads to a place of the page: %s', (href, expected) =>
  expect(isWithinPage(href, PAGE)).toBe(expected),
);

describe('words that name another place than the link leads to', () => {
  it.each([
    ['https://bank.example', 'https://evil.example/'],
    [' HTTPS://bank.example/login ', 'https://evil.example/'],
    ['www.bank.example', 'https://evil.example/'],
    ['https://bank.example', 'mailto:a@evil.example'],
    ['bank.example', 'https://evil.example/'],
    ['Log in at https://bank.example', 'https://evil.example/'],
    ['Log in at bank.example/login now', 'https://evil.example/'],
    ['bank\u2060.example', 'https://evil.example/'],
    ['bank.exa\u200bmple', 'https://evil.example/'],
    ['bank.\u00adexample', 'https://evil.example/'],
    ['\u202eelpmaxe.knab', 'https://evil.example/'],
    ['https：//bank.example', 'https://evil.example/'],
    ['ｂａｎｋ．ｅｘａｍｐｌｅ', 'https://evil.example/'],
    ['bank。example', 'https://evil.example/'],
    ['https://bank.example@evil.example', 'https://evil.example/'],
    ['https://bank.example', 'http://bank.example/'],
    ['https://github.example', 'https://evil.github.example/'],
    ['help@bank.example', 'mailto:evil@evil.example'],
    ['help@bank', 'mailto:evil@evil.example'],
    ['help@bank.example', 'https://evil.example/'],
    ['help@bank.example', 'mailto:help@bank.example?bcc=evil@evil.example'],
    ['+49 30 901820', 'tel:+49900123456'],
    ['030 901820', 'tel:+49900123456'],
    ['bank.example', 'tel:+49900123456'],
    ['访问bank.example吧', 'https://evil.example/'],
    ['x'.repeat(3_000), 'https://evil.example/'],
  ])('%j for %j', (words, href) => {
    expect(misleads(words, href)).toBe(true);
    expect(misleads('our bank', href, words)).toBe(true);
  });

  it.each([
    ['https://bank.example', 'https://bank.example/login'],
    ['our bank', 'https://evil.example/'],
    ['www.acme.example', 'https://acme.example/'],
    ['acme.example', 'https://www.acme.example/pricing'],
    ['https://www.acme.example/a.html', 'https://acme.example/b'],
    ['Node.js and report.pdf, v1.2, e.g.', 'https://docs.example/'],
    ['ada@acme.example', 'mailto:ada@acme.example?subject=Hi'],
    ['Write to ada@acme.example', 'https://acme.example/contact'],
    ['+49 (0)30 90-18 20', 'tel:+4930901820'],
    ['030 901820', 'tel:+4930901820'],
    ['Call us, 9 to 5', 'tel:+4930901820'],
    ['Order 1234567', 'https://shop.example/orders'],
    ['http://acme.example', 'https://acme.example/'],
    ['参见。see', 'https://docs.example/'],
    ['اتصل \u200fبنا', 'https://acme.example/'],
  ])('%j for %j is honest', (words, href) => expect(misleads(words, href)).toBe(false));
});
