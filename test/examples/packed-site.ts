import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

/** Inside the repository, so that the frameworks are found in its `node_modules`. */
const FOLDER = resolve('.cache/examples');
const PACKAGE = join(FOLDER, 'node_modules/osmtalk-widget');
/** Where the examples expect the embedded backend, as `npm start` has it. */
const API = 'http://localhost:4002';

/** Without a server of their own. */
export const EXAMPLES = ['plain', 'react', 'vue', 'svelte', 'angular'] as const;
const PAGES = ['strict-effect'];

/** A site that got the package from npm: what a test may know of the widget is what is in the tarball. */
export const packedSite = {
  folder: FOLDER,
  package: PACKAGE,
  next: join(FOLDER, 'next'),
  /** Everything here is served. */
  public: join(FOLDER, 'public'),
};

/** `npm pack`, which builds, and the tarball laid where `npm install` would lay it. */
export function installTarball(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(PACKAGE, { recursive: true });
  execFileSync('npm', ['pack', '--silent', '--pack-destination', FOLDER], { stdio: 'pipe' });
  const tarball = readdirSync(FOLDER).find((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack wrote no tarball');
  execFileSync('tar', ['-xzf', join(FOLDER, tarball), '-C', PACKAGE, '--strip-components', '1']);
  // Else a file here would belong to the package of the repository, which has the same name.
  writeFileSync(join(FOLDER, 'package.json'), '{ "private": true, "type": "module" }\n');
}

/** Copies the examples. In the place of `npm start` they have the backend that serves them; Next, which serves itself, has this one. */
export function copyExamples(apiOfNext: string): void {
  cpSync('demo/examples', FOLDER, { recursive: true });
  cpSync('test/examples/pages', FOLDER, { recursive: true });
  cpSync('test/examples/types', join(FOLDER, 'types'), { recursive: true });
  for (const name of [...EXAMPLES, ...PAGES]) pointTo('/', join(FOLDER, name));
  pointTo(apiOfNext, join(FOLDER, 'next/app'));
}

/** Builds all but Next into `public/`. */
export async function buildExamples(): Promise<void> {
  for (const name of [...EXAMPLES, ...PAGES]) await buildExample(name);
}

/** A copy of the packed `dist/` on the site, with some files other than they were packed. */
export function putScript(folder: string, change: (dist: string) => void = () => undefined): void {
  const dist = join(packedSite.public, folder);
  cpSync(join(PACKAGE, 'dist'), dist, { recursive: true });
  change(dist);
}

function pointTo(apiUrl: string, folder: string): void {
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(API, apiUrl));
  }
}

async function buildExample(name: string): Promise<void> {
  // React's strict mode mounts everything twice in development alone.
  const environment = name === 'react' || name === 'strict-effect' ? 'development' : 'production';
  await build({
    root: join(FOLDER, name),
    base: './',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': JSON.stringify(environment) },
    build: { outDir: join(packedSite.public, name), emptyOutDir: true },
  });
}
