import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Servers that are not Node: 90 to 160 MB each, too much for every `npm ci`. */
export type RuntimeName = 'bun' | 'deno' | 'workerd';

export type Runtime = { command: string } | { missing: string };

const WANTED = 'test/examples/runtimes';
const FOLDER = resolve('.cache/runtimes');
/** A copy of the lock, put down last: what it names is there as a whole. */
const DONE = join(FOLDER, 'installed.json');
const LIMIT_MS = 180_000;
const NPM_OPTIONS = [
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  // Where there is no registry, that is soon clear.
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=1000',
];

/** Which platform's package npm has put into the scope, and the file in it. */
const PROGRAMS: Record<RuntimeName, { scope: string; file: string }> = {
  bun: { scope: '@oven', file: 'bin/bun' },
  deno: { scope: '@deno', file: 'deno' },
  workerd: { scope: '@cloudflare', file: 'bin/workerd' },
};

/**
 * Installs the runtimes of `test/examples/runtimes`, as its lock pins them, into `.cache/runtimes`, unless they are there. No
 * script of a package is run: the programs lie in the packages of their platforms.
 */
export function installRuntimes(): (name: RuntimeName) => Runtime {
  const problem = isInstalled() ? null : install();
  return (name) => (problem === null ? findProgram(name) : { missing: problem });
}

function isInstalled(): boolean {
  return existsSync(DONE) && readFileSync(DONE).equals(readFileSync(join(WANTED, 'package-lock.json')));
}

/** What went wrong, or `null`. */
function install(): string | null {
  console.log('  npm install: Bun, Deno and workerd, once');
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  cpSync(WANTED, FOLDER, { recursive: true });
  try {
    execFileSync('npm', ['install', ...NPM_OPTIONS], {
      cwd: FOLDER,
      stdio: 'pipe',
      timeout: LIMIT_MS,
    });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: Buffer };
    const why = /npm error .*/.exec(String(stderr))?.[0] ?? message;
    return `npm could not install it (${why})`;
  }
  cpSync(join(WANTED, 'package-lock.json'), DONE);
  return null;
}

function findProgram(name: RuntimeName): Runtime {
  const { scope, file } = PROGRAMS[name];
  const folder = join(FOLDER, 'node_modules', scope);
  const candidates = existsSync(folder) ? readdirSync(folder).map((each) => join(folder, each, file)) : [];
  const command = candidates.find(runs);
  return command ? { command } : { missing: `there is none for ${process.platform} ${process.arch}` };
}

function runs(command: string): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
