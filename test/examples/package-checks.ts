import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { parseSync } from 'rolldown/utils';
import { packedSite } from './packed-site.js';

const TSC = resolve('node_modules/.bin/tsc');
const run = promisify(execFile);

interface PackageJson {
  exports: Record<string, string | { types: string; default: string }>;
  dependencies: Record<string, string>;
}

/** What can be said of the tarball without a browser. */
export const packageChecks: readonly (readonly [title: string, check: () => void | Promise<void>])[] = [
  ['package: every file that it names is in the tarball', namedFilesAreThere],
  ['package: it imports nothing but its dependencies', importsOnlyDependencies],
  ['package: every entry can be imported in Node, without a DOM', importsInNode],
  ['package: types for HTML, React, Preact, Solid, Vue and Svelte', () => typesHold('types')],
  ...['plain', 'react', 'angular', 'strict-effect'].map(
    (name) => [`package: the types of the example ${name}`, () => typesHold(name)] as const,
  ),
];

function namedFilesAreThere(): void {
  const { exports } = readPackage();
  const files = Object.values(exports)
    .flatMap((target) => (typeof target === 'string' ? target : Object.values(target)))
    .filter((file) => !file.includes('*'));
  expect(files.filter((file) => !existsSync(join(packedSite.package, file)))).toEqual([]);
  expect(files).toContain('./dist/types/react.d.ts');
}

function importsOnlyDependencies(): void {
  const dist = join(packedSite.package, 'dist');
  const files = ['', 'npm/'].flatMap((folder) =>
    readdirSync(join(dist, folder))
      .filter((file) => file.endsWith('.js') && file !== 'osmtalk-widget.js')
      .map((file) => join(dist, folder, file)),
  );
  const packages = new Set(files.flatMap(packagesOf));
  expect(packages).toContain('lit');
  expect(Object.keys(readPackage().dependencies)).toEqual(expect.arrayContaining([...packages]));
}

async function importsInNode(): Promise<void> {
  const entries = Object.entries(readPackage().exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([name]) => name.replace('.', 'osmtalk-widget'));
  const code = `for (const entry of ${JSON.stringify(entries)}) {
    const found = Object.keys(await import(entry));
    if (found.length === 0) throw new Error(entry + ' exports nothing');
  }`;
  expect(entries).toContain('osmtalk-widget/relay');
  await run(process.execPath, ['--input-type=module', '--eval', code], { cwd: packedSite.folder });
}

async function typesHold(folder: string): Promise<void> {
  try {
    await run(TSC, ['--project', '.'], { cwd: join(packedSite.folder, folder) });
  } catch (error) {
    throw new Error((error as { stdout: string }).stdout, { cause: error });
  }
}

function readPackage(): PackageJson {
  return JSON.parse(readFileSync(join(packedSite.package, 'package.json'), 'utf8')) as PackageJson;
}

/** The npm packages that one file imports, by their names alone. */
function packagesOf(file: string): string[] {
  const code = readFileSync(file, 'utf8');
  const { module } = parseSync(file, code);
  const specifiers = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.dynamicImports.map(({ moduleRequest }) =>
      code.slice(moduleRequest.start + 1, moduleRequest.end - 1),
    ),
  ];
  return specifiers
    .filter((specifier) => !specifier.startsWith('.'))
    .map((specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier);
}
