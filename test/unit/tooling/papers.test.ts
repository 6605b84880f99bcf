import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPages } from '../../../.ci/pages.js';

const PAGES = readPages();
const PAPERS: Readonly<Record<string, string>> = {
  ...PAGES,
  ...Object.fromEntries(
    ['.github/CONTRIBUTING.md', '.github/SECURITY.md'].map((path) => [path, readFileSync(path, 'utf8')]),
  ),
};
/** What a hand-written row has in characters at the most: a wider one is read as a list. */
const ROW = 160;
/** Blocks of code. */
const FENCED = /^ *```.*?^ *```$/gms;
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

describe.each(Object.keys(PAPERS))('%s', (paper) => {
  const text = PAPERS[paper] ?? '';
  const all = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found);

  it('names files and folders that are there', () => {
    const named = all(/`((?:src|test|demo|\.ci|\.build|\.github)\/[\w./-]+)`/g);
    expect(named.filter((path) => !path.includes('xx') && !existsSync(path))).toEqual([]);
  });

  it('links to files and headings that are there', () => {
    expect(brokenLinks(paper, text)).toEqual([]);
  });

  it('names commands that are there', () => {
    const commands = all(/`npm run ([\w:-]+)/g);
    expect(commands.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it('has no hand-written table that is too wide to read', () => {
    const written = text.replace(FENCED, '').replace(/<!-- (\w+):start -->.*?<!-- \1:end -->/gs, '');
    const rows = written.split('\n').filter((line) => line.startsWith('|'));
    expect(rows.filter((row) => row.length > ROW)).toEqual([]);
  });
});

describe('links', () => {
  it.each([
    ['a file that is not there', '[a](nothing.md)', 'nothing.md'],
    ['a picture that is not there', '![a](nothing.png)', 'nothing.png'],
    ['a heading that its page does not have', '# One\n\n[a](#two)', '#two'],
    [
      'a heading that another page does not have',
      '[a](demo/docs/relay.md#nothing)',
      'demo/docs/relay.md#nothing',
    ],
    ['a heading in code', '```sh\n# One\n```\n\n[a](#one)', '#one'],
    ['a link with a title', '[a](nothing.md "Nothing")', 'nothing.md'],
    ['a link by reference', '[a][b]\n\n[b]: nothing.md', 'nothing.md'],
    ['a link in a row', '| [a](nothing.md) | [b](README.md) |', 'nothing.md'],
    ['a link from the root of the site', '[a](/README.md)', '/README.md'],
  ])('finds %s', (_case, text, link) => {
    expect(brokenLinks('README.md', text)).toEqual([link]);
  });

  it.each([
    ['a file', '[a](LICENSE)'],
    ['a folder', '[a](demo/examples)'],
    ['a heading with code and signs', '# Focus: `open`, and *more*\n\n[a](#focus-open-and-more)'],
    ['the second heading of one name', '# One\n\n# One\n\n[a](#one-1)'],
    ['a heading of another page', '[a](demo/docs/browsers.md#focus-and-open)'],
    ['an address of another site', '[a](https://site.example/nothing.md#nothing)'],
    ['code', '`[a](nothing.md)`\n\n```js\n[a](nothing.md)\n```'],
  ])('lets pass %s', (_case, text) => {
    expect(brokenLinks('README.md', text)).toEqual([]);
  });
});

it('leads from the README to every page', () => {
  const linked = linksOf(PAGES['README.md'] ?? '').map((link) => link.replace(/#.*/, ''));
  expect(Object.keys(PAGES).filter((path) => path !== 'README.md' && !linked.includes(path))).toEqual([]);
});

it('names each part of src in the architecture', () => {
  const text = PAGES['demo/docs/architecture.md'] ?? '';
  const rooms = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of rooms) expect(text).toContain(`\`src/${name}\``);
});

/** Links of a paper to what is not in the repository: a file, a folder, or a heading. */
function brokenLinks(paper: string, text: string): string[] {
  return linksOf(text).filter((link) => {
    if (/^[a-z][a-z+.-]*:/i.test(link)) return false;
    const [path = '', anchor] = link.split('#');
    if (path.startsWith('/')) return true;
    const target = path === '' ? paper : join(dirname(paper), path);
    if (!existsSync(target)) return true;
    if (anchor === undefined) return false;
    return !anchorsOf(path === '' ? text : readFileSync(target, 'utf8')).includes(anchor);
  });
}

function linksOf(text: string): string[] {
  const links = withoutCode(text).matchAll(/\]\(<?([^)\s>]+)[^)]*\)|^\[[^\]]+\]: *<?([^\s>]+)/gm);
  return [...links].map(([, inline, defined]) => inline ?? defined ?? '');
}

/** The anchors that GitHub gives to headings. */
function anchorsOf(text: string): string[] {
  const seen = new Map<string, number>();
  return [...text.replace(FENCED, '').matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, title = '']) => {
    const slug = title
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}

/** Code holds brackets that are no links. */
function withoutCode(text: string): string {
  return text.replace(FENCED, '').replace(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, '``');
}
