import { expect } from 'vitest';
import * as fc from 'fast-check';
import { checkNumber, countryOf, listCountries } from '../../src/panel/callback/phone-number.js';
import { readTypedNumber } from '../../src/panel/callback/read-typed-number.js';
import { plainText, type Block, type Inline, type Link } from '../../src/markdown/markdown-tree.js';
import { parseMarkdown } from '../../src/markdown/parse-markdown.js';
import { safeLink, safeTarget } from '../../src/markdown/safe-link.js';
import { check, type Check } from './check.js';
import { longTextOf, textOf } from './given.js';

const PAGE = 'https://site.example/shop/?q=1#top';

const ADDRESS_WORDS = [
  'https://bank.example',
  'https://evil.example/a',
  'http://bank.example',
  'HTTPS://Bank.example:443/',
  'https://bank.example@evil.example',
  'https:\\\\evil.example',
  'https：//bank.example',
  '//evil.example',
  '/\\evil.example',
  '/pricing',
  '#contact',
  'www.bank.example',
  'bank.example',
  'xn--bnk-sna.example',
  'help@bank.example',
  'mailto:help@evil.example',
  'mailto:a@b.example?cc=c@evil.example',
  'tel:+4930123456',
  'tel:+49900123456',
  'tel:*%2306%23',
  '+49 30 123456',
  'javascript:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'blob:https://a.example/b',
  '\u200b',
  '\u2060',
  '\u202e',
  '\u202d',
  '\u00ad',
  '\u0000',
  '\t',
  '\n',
  '%',
  '%00',
  '&colon;',
  '&#x6a;',
  '&amp;',
  '.',
  '。',
  ':',
  '@',
  '/',
];
const MARKUP_WORDS = [
  ...ADDRESS_WORDS,
  'a',
  ' ',
  '[',
  ']',
  '](',
  ')',
  '(',
  '![',
  '<',
  '>',
  '"',
  "'",
  '*',
  '**',
  '_',
  '~~',
  '`',
  '```\n',
  '\\',
  '\n\n',
  '\n- ',
  '\n1. ',
  '\n> ',
  '\n# ',
  '|',
  '\n|a|b|\n|-|-|\n',
  '<br>',
  '<img src=x onerror=alert(1)>',
];

/** The links, and how many pieces there are in all. */
function walk(blocks: readonly Block[]): { links: Link[]; count: number } {
  const links: Link[] = [];
  let count = 0;
  const inline = (pieces: readonly Inline[]): void => {
    for (const piece of pieces) {
      count += 1;
      if (piece.type === 'link') links.push(piece);
      if ('children' in piece) inline(piece.children);
    }
  };
  const all = (some: readonly Block[]): void => {
    for (const block of some) {
      count += 1;
      if (block.type === 'paragraph' || block.type === 'heading') inline(block.children);
      if (block.type === 'quote') all(block.children);
      if (block.type === 'list') for (const { children } of block.items) all(children);
      if (block.type === 'table') for (const cell of [block.head, ...block.rows].flat()) inline(cell);
    }
  };
  all(blocks);
  return { links, count };
}

/** A second opinion, simpler than the reader's own: whoever reads the words of the link finds no other place in them. */
function expectHonest({ href, title = '', children, isWithinPage }: Link): void {
  const url = new URL(href);
  expect(['https:', 'http:', 'mailto:', 'tel:']).toContain(url.protocol);
  expect([url.username, url.password]).toEqual(['', '']);
  if (url.protocol === 'tel:') expect(href).toMatch(/^tel:\+?\d{3,15}$/);
  if (isWithinPage) expect(href.split('#')[0]).toBe(PAGE.split('#')[0]);
  const text = plainText(children);
  // The address itself: what stands in its path is no other place.
  const isAddress = [text, `https://${text}`].some(
    (each) => URL.canParse(each) && new URL(each).href === href,
  );
  if (isAddress && title === '') return;
  const seen = `${text} ${title}`;
  expect(seen).not.toMatch(/[\u202d\u202e]/);
  const words = seen
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .normalize('NFKC')
    .toLowerCase();
  // Of an address that is shown, what stands in its path is no other place.
  for (const word of words.split(/[\s<>"'()[\]]+/)) {
    const [, scheme, host = ''] = /(https?):\/\/(?:www\.)?([^/:?#]*)/.exec(word) ?? [];
    if (!/^(?:[a-z\d-]+\.)+[a-z]+$/.test(host)) continue;
    expect(`${url.host}${url.pathname}`, words).toContain(host);
    if (scheme === 'https') expect(url.protocol, words).not.toBe('http:');
  }
  // What stands within an address is a part of it.
  const others = words.replace(/(?:https?:|www\.)\S*/g, ' ');
  for (const [email] of others.matchAll(/[a-z]+@[a-z]+\.example/g))
    expect(url.protocol === 'mailto:' ? url.pathname.toLowerCase() : url.host, others).toContain(
      email.split('@')[1],
    );
}

const COUNTRIES = listCountries().map(({ country }) => country);

const PHONE_WORDS = [
  '+',
  '00',
  '011',
  '0',
  '49',
  '1',
  '7',
  '44',
  '30',
  '15',
  '900',
  '123456',
  '5550100200',
  ' ',
  '-',
  '(0)',
  '(',
  ')',
  '/',
  '.',
  'tel:',
  'Tel. ',
  ' ext. 12',
  ';ext=',
  'x',
  '#',
  '内線',
  '٣',
  '４',
  '𝟙',
  '\u200e',
  '\u202c',
  'ー',
  'a',
  '\n',
];

export const textChecks: Check[] = [
  check(
    'Markdown never throws, has no more pieces than a page can bear, and its links lead where they say',
    textOf(MARKUP_WORDS, 40),
    (text) => {
      const { links, count } = walk(parseMarkdown(text, PAGE));
      expect(count).toBeLessThan(2_200);
      links.forEach(expectHonest);
      for (const { href } of walk(parseMarkdown(text)).links) expect(safeLink(href)).toBe(href);
    },
  ),
  check(
    'long Markdown is read in time',
    longTextOf(MARKUP_WORDS, 60_000),
    (text) => {
      const { links, count } = walk(parseMarkdown(text, PAGE));
      expect(count).toBeLessThan(10_000);
      links.slice(0, 20).forEach(expectHonest);
    },
    { isSlow: true },
  ),
  check(
    'a link has a harmless scheme, and without a host stays on its site',
    fc.oneof(textOf(ADDRESS_WORDS, 4), fc.webUrl(), fc.emailAddress()),
    (text) => {
      for (const href of [safeLink(text), safeTarget(text, null), safeTarget(text, PAGE)]) {
        if (href === null) continue;
        const url = new URL(href);
        expect(['https:', 'http:', 'mailto:', 'tel:']).toContain(url.protocol);
        expect([url.username, url.password]).toEqual(['', '']);
      }
      const relative = safeTarget(text, PAGE);
      if (relative !== null && /^[/?#\\]/.test(text))
        expect(new URL(relative).origin).toBe(new URL(PAGE).origin);
    },
  ),
  check(
    'a typed number is one that can be called, no other when it is read again, or has one fault',
    fc.tuple(
      textOf(PHONE_WORDS, 10),
      fc.oneof(fc.constantFrom(...COUNTRIES), fc.constantFrom('', 'XX', '__proto__', 'de')),
    ),
    ([typed, country]) => {
      const { number, fault } = checkNumber(typed, country);
      expect((number === null) !== (fault === null)).toBe(true);
      if (number !== null) {
        expect(number).toMatch(/^\+[1-9]\d{3,14}$/);
        // Where several countries share a code, the metadata know some ranges by the country alone: then it may be none, but no other.
        expect([number, null]).toContain(checkNumber(number, country).number);
      }
      const named = countryOf(typed, country);
      expect(named === country || COUNTRIES.some((each) => each === named)).toBe(true);
      expect(readTypedNumber(typed) ?? '').toMatch(/^\+?\d*$/);
    },
  ),
  check(
    'a long text in the place of a number is read in time',
    fc.tuple(longTextOf(PHONE_WORDS, 60_000), fc.constantFrom(...COUNTRIES)),
    ([typed, country]) => {
      checkNumber(typed, country);
      countryOf(typed, country);
    },
    { isSlow: true },
  ),
];
