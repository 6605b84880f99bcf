import { describe, expect, it } from 'vitest';
import { decodeEntities } from '../../../src/markdown/entities.js';
import type { Block, Inline } from '../../../src/markdown/markdown-tree.js';
import { parseMarkdown } from '../../../src/markdown/parse-markdown.js';
import { hostileStrings, hugeStrings } from '../../support/hostile-strings.js';

const MARKERS = new Set('*_~`#>|-+=.:()[]<>!"\'\\0123456789 \t\r\n');

// prettier-ignore
const TOKENS = [
  'a', 'bc', 'd e', '1', 'ж', '字', '😀', '\u202e', '\u0000', '\ud800', '{{x}}', '${y}', '<b>', '&amp;',
  ' ', '  ', '\n', '\n\n', '\t', '    ', '\r\n',
  '*', '**', '***', '_', '__', '~~', '~', '`', '``', '```', '```js\n', '\n```\n', '\\', '\\*',
  '[', ']', '](', ')', '(', '![', '[k](https://l.m/n)', '[o](p:q)', '[r](https://s.t "u")', '<https://v.w>',
  'https://x.y/z', 'a@b.cd', '@', '\n# ', '\n> ', '\n>> ', '\n- ', '\n  - ', '\n1. ', '\n   ', '\n---\n',
  '|', '\n|a|b|\n|-|-|\n', '\n|c|d|', ':-:', '"', "'", '<', '>', '!', '#',
];

/** Of seed 1 to 500, always the same. */
function randomMarkdown(seed: number): string {
  let state = seed * 2_654_435_761;
  const next = () => (state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0);
  return Array.from({ length: 1 + (next() % 60) }, () => TOKENS[next() % TOKENS.length] ?? '').join('');
}

/** Everything a reader gets, in order. */
function textOf(blocks: readonly Block[]): string {
  return blocks.map(blockText).join('');
}

function blockText(block: Block): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return inlineText(block.children);
    case 'code-block':
      return block.language + block.text;
    case 'quote':
      return textOf(block.children);
    case 'list':
      return block.items.map(({ children }) => textOf(children)).join('');
    case 'table':
      return [block.head, ...block.rows].flat().map(inlineText).join('');
    case 'rule':
      return '';
  }
}

function inlineText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if ('text' in inline) return inline.text;
      const text = inlineText(inline.children);
      return inline.type === 'link' ? text + addressOf(inline.href, text) + (inline.title ?? '') : text;
    })
    .join('');
}

/** An address that is shown is not read twice. */
function addressOf(href: string, text: string): string {
  const isShown = [text, `mailto:${text}`].some(
    (shown) => URL.canParse(shown) && new URL(shown).href === href,
  );
  return isShown ? '' : decodeURI(href);
}

/** Code keeps them. */
function withoutEntities(text: string): string {
  return decodeEntities(text.replaceAll(/<br ?\/?>/g, '\n'));
}

/** What stands in `before` and not in `after`; `null` when `after` has something that `before` has not, or in another order. */
function lost(before: string, after: string): string | null {
  let at = 0;
  let gone = '';
  for (const char of before) {
    if (char === after.slice(at, at + char.length)) at += char.length;
    else gone += char;
  }
  return at === after.length ? gone : null;
}

describe('nothing but markers is lost, and nothing is added', () => {
  it.each(Array.from({ length: 500 }, (_, index) => index + 1))('seed %i', (seed) => {
    const markdown = randomMarkdown(seed);
    const visible = (text: string) => withoutEntities(text).replace(/[/\s*_~`#>|=.:()[\]<!"'\\+\d-]+/g, '');
    expect(visible(textOf(parseMarkdown(markdown)))).toBe(visible(markdown));
  });

  it.each(
    [...hostileStrings, ...hugeStrings]
      .filter(({ text }) => !/\]\(|<\w+:/.test(text))
      .map(({ name, text }) => [name.slice(0, 60), text] as const),
  )('%s', (_name, text) => {
    const gone = lost(
      withoutEntities(text.replace(/\r\n?/g, '\n')),
      withoutEntities(textOf(parseMarkdown(text))),
    );
    expect(gone).not.toBeNull();
    expect([...new Set(gone)].filter((char) => !MARKERS.has(char))).toEqual([]);
  });
});

describe('a hostile tree stays small', () => {
  it.each(hugeStrings.map(({ name, text }) => [name, text] as const))('%s', (_name, text) => {
    const { nodes, depth } = measure(parseMarkdown(text));
    expect(nodes).toBeLessThan(9_000);
    expect(depth).toBeLessThan(60);
  });
});

/** Objects in the tree, and how many are within one another. */
function measure(value: unknown): { nodes: number; depth: number } {
  if (typeof value !== 'object' || value === null) return { nodes: 0, depth: 0 };
  const inner = Object.values(value).map(measure);
  return {
    nodes: inner.reduce((sum, { nodes }) => sum + nodes, Array.isArray(value) ? 0 : 1),
    depth: 1 + inner.reduce((deepest, { depth }) => Math.max(deepest, depth), 0),
  };
}
