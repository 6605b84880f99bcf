import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const PAPERS = ['README.md', '.github/CONTRIBUTING.md', '.github/SECURITY.md', 'demo/docs/architecture.md'];
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

describe.each(PAPERS)('%s', (paper) => {
  const text = readFileSync(paper, 'utf8');
  const all = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found);

  it('names files and folders that are there', () => {
    const named = all(/`((?:src|test|demo|\.ci|\.github)\/[\w./-]+)`/g);
    expect(named.filter((path) => !path.includes('xx') && !existsSync(path))).toEqual([]);
  });

  it('links to files that are there', () => {
    const links = all(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g);
    expect(links.filter((link) => !existsSync(join(dirname(paper), link)))).toEqual([]);
  });

  it('names commands that are there', () => {
    const commands = all(/`npm run ([\w:-]+)/g);
    expect(commands.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

it('names each part of src in the architecture', () => {
  const text = readFileSync('demo/docs/architecture.md', 'utf8');
  const rooms = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of rooms) expect(text).toContain(`\`src/${name}\``);
});
