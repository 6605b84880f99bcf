import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** What the package cannot do for a site, and so must say. */
const SECURITY = readFileSync('demo/docs/security.md', 'utf8').replace(/\s+/g, ' ');

it('says where a weakness is told of', () => {
  expect(existsSync('.github/SECURITY.md') && readFileSync('.github/SECURITY.md', 'utf8')).toMatch(
    /Report a vulnerability.*three working days/s,
  );
});

it('says that the token of a refused call is seen by scripts of the page', () => {
  expect(SECURITY).toMatch(/token in the address.*performance\.getEntries\(\).*minutes, not for days/);
});

it('leads from the README to what it says', () => {
  expect(readFileSync('README.md', 'utf8')).toContain('](demo/docs/security.md)');
});

it('says that the integrity of the script covers no chunk, and what does', () => {
  expect(SECURITY).toMatch(
    /"integrity": \{ "https:\/\/cdn\.example\/chunks.*integrity does not cover what it imports; the map before it does/,
  );
});

it('is published with a statement of where it was built, or not at all', () => {
  const { publishConfig } = JSON.parse(readFileSync('package.json', 'utf8')) as { publishConfig?: object };
  expect(publishConfig).toEqual({ access: 'public', provenance: true });
});

it('names its repository when it is released, where that is known', () => {
  const workflow = readFileSync('.github/workflows/ci.yml', 'utf8');
  expect(workflow).toContain('"repository.url=git+https://github.com/$GITHUB_REPOSITORY.git"');
  expect(workflow).toContain('id-token: write');
});
