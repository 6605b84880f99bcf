import { readdirSync, readFileSync } from 'node:fs';

const DOCS = 'demo/docs';

/** The text of the README and of every page it leads to, by path. */
export function readPages(): Record<string, string> {
  const docs = readdirSync(DOCS)
    .filter((file) => file.endsWith('.md'))
    .toSorted()
    .map((file) => `${DOCS}/${file}`);
  return Object.fromEntries(['README.md', ...docs].map((path) => [path, readFileSync(path, 'utf8')]));
}
