import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { startBackend, type Backend } from '../../demo/backend/start-backend.js';
import { chromiumArguments, requireChromium, speakingMicrophone } from '../support/chromium.js';
import { failureOf, type NamedCheck } from './check.js';
import { exampleChecks, hydrationCheck, strictEffect } from './framework-checks.js';
import { buildNext, startNext, type NextServer } from './next-server.js';
import { packageChecks } from './package-checks.js';
import { buildExamples, EXAMPLES, installTarball, packedSite } from './packed-site.js';
import { putScripts, scriptTagChecks } from './script-tag-checks.js';

/**
 * `npm run test:examples`: the packed tarball, as a site gets it: its types, every example of `demo/examples` and every
 * form of the script tag, driven in Chromium with the embedded backend behind them. Ends with `N passed, N failed`.
 */
const REPORTS = '.cache/reports';

const startedAt = Date.now();
const failures: string[] = [];
let passed = 0;

installTarball();
const backend = await startBackend({ port: 0, env: {}, staticDirs: [packedSite.public] });
try {
  await buildExamples(backend.url);
  putScripts();
  for (const [title, check] of packageChecks) record(title, problemOf(check));
  await inChromium(backend);
} finally {
  await backend.close();
}
report();

async function inChromium(served: Backend): Promise<void> {
  const args = [...chromiumArguments, ...speakingMicrophone];
  const browser = await chromium.launch({ executablePath: requireChromium(), args });
  const runAll = async (checks: readonly NamedCheck[]): Promise<void> => {
    for (const [title, check] of checks) record(title, await failureOf(check, browser, served));
  };
  try {
    await runAll(scriptTagChecks);
    for (const name of EXAMPLES)
      await runAll(exampleChecks(name, ({ backend: { url } }) => `${url}/${name}/`));
    await runAll([strictEffect]);
    await runNext(runAll);
  } finally {
    await browser.close();
  }
}

async function runNext(runAll: (checks: readonly NamedCheck[]) => Promise<void>): Promise<void> {
  buildNext(packedSite.next);
  await withNext('start', async ({ url }) => {
    await runAll(exampleChecks('next', () => url));
    await runAll([
      hydrationCheck('next: the tag is in the HTML of the server, and is taken over', () => url),
    ]);
  });
  await withNext('dev', ({ url }) =>
    runAll([hydrationCheck('next: React, in development, warns of nothing', () => url)]),
  );
}

async function withNext(command: 'start' | 'dev', use: (server: NextServer) => Promise<void>): Promise<void> {
  const server = await startNext(packedSite.next, command);
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

function problemOf(check: () => void): string | null {
  try {
    check();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function record(title: string, problem: string | null): void {
  if (problem === null) {
    passed += 1;
    console.log(`  ok      ${title}`);
    return;
  }
  failures.push(title);
  console.log(`  FAILED  ${title}\n${problem}`);
}

/** In the words of Vitest's report, which `.ci/count-tests.mjs` adds up. */
function report(): void {
  mkdirSync(REPORTS, { recursive: true });
  const counts = { numPassedTests: passed, numFailedTests: failures.length, failures };
  writeFileSync(`${REPORTS}/examples.json`, `${JSON.stringify(counts, null, 2)}\n`);
  console.log(`${Math.round((Date.now() - startedAt) / 1_000)} s`);
  console.log(`${passed} passed, ${failures.length} failed`);
  if (failures.length > 0) process.exitCode = 1;
}
