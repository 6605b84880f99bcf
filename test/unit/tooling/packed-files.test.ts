import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const BUILT = [
  'dist/chunks/panel-AAAAAAAA.js',
  'dist/custom-elements.json',
  'dist/index.js',
  'dist/npm/element.js',
  'dist/osmtalk-widget.js',
  'dist/relay.js',
  'dist/sri.html',
  'dist/sri.json',
  'dist/types/index.d.ts',
  'dist/types/react.d.ts',
  'dist/vscode.html-custom-data.json',
  'dist/web-types.json',
];
const NOT_PUBLISHED = [
  '.cache/reports/vitest.json',
  '.changeset/config.json',
  '.build/build.ts',
  '.env',
  'demo/page/index.html',
  'osmtalk-widget-0.1.0.tgz',
  'package-lock.json',
  'src/index.ts',
  'test/unit/some.test.ts',
  'tsconfig.json',
  'vite.config.ts',
];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'osmtalk-packed-'));
  for (const file of ['package.json', 'CHANGELOG.md', 'LICENSE', 'README.md', '.gitignore'])
    cpSync(file, join(folder, file));
  for (const file of [...BUILT, ...NOT_PUBLISHED]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '{}');
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

it('publishes what is built, licence, README and changelog, and nothing else', () => {
  const listing = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [packed] = JSON.parse(listing) as { files: { path: string }[] }[];
  expect(packed?.files.map(({ path }) => path).toSorted()).toEqual(
    [...BUILT, 'CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'].toSorted(),
  );
});
