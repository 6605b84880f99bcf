import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium, type Browser } from 'playwright';
import { startBackend, type Backend } from '../../demo/backend/start-backend.js';
import { chromiumArguments, requireChromium, speakingMicrophone } from '../support/chromium.js';
import { failureOf, type NamedCheck } from './check.js';
import { exampleChecks, hydrationCheck, strictEffect } from './framework-checks.js';
import { buildNext, startNext, type NextServer } from './next-server.js';
import { packageChecks } from './package-checks.js';
import { buildExamples, copyExamples, EXAMPLES, installTarball, packedSite } from './packed-site.js';
import { checkRelayHosts } from './relay-hosts.js';
import { putScripts, scriptTagChecks } from './script-tag-checks.js';

/**
 * `npm run test:examples`: the packed tarball, as a site gets it: its types, the relay in every server, every example of
 * `demo/examples` and every form of the script tag, driven in Chromium with the embedded backend behind them. Ends with
 * `N passed, N failed`.
 */
const REPORTS = '.cache/reports';

/** Pages that are driven side by side. Each has a backend of its own, whose calls are counted. */
const LANES = 3;

const startedAt = Date.now();
const failures: string[] = [];
let passed = 0;

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

installTarball();
const first = await openBackend();
try {
  copyExamples(first.url);
  await Promise.all([buildNext(packedSite.next), buildExamples(), checkPackage()]);
  putScripts();
  await checkRelayHosts(record);
  await inChromium(first);
} finally {
  await first.close();
}
report();

function openBackend(): Promise<Backend> {
  return startBackend({ port: 0, env: {}, openTo: 'anybody', staticDirs: [packedSite.public] });
}

async function checkPackage(): Promise<void> {
  for (const [title, check] of packageChecks) record(title, await problemOf(check));
}

async function inChromium(backendOfNext: Backend): Promise<void> {
  const args = [...chromiumArguments, ...speakingMicrophone];
  const browser = await chromium.launch({ executablePath: requireChromium(), args });
  const queue: NamedCheck[] = [
    ...EXAMPLES.flatMap((name) => exampleChecks(name, ({ backend: { url } }) => `${url}/${name}/`)),
    strictEffect,
    ...scriptTagChecks,
  ];
  try {
    await Promise.all([
      runNext(browser, backendOfNext).then(() => takeFrom(queue, browser, backendOfNext)),
      ...Array.from({ length: LANES - 1 }, () => openLane(queue, browser)),
    ]);
  } finally {
    await browser.close();
  }
}

async function openLane(queue: NamedCheck[], browser: Browser): Promise<void> {
  const backend = await openBackend();
  try {
    await takeFrom(queue, browser, backend);
  } finally {
    await backend.close();
  }
}

async function takeFrom(queue: NamedCheck[], browser: Browser, backend: Backend): Promise<void> {
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [title, check] = next;
    record(title, await failureOf(check, browser, backend));
  }
}

async function runNext(browser: Browser, backend: Backend): Promise<void> {
  await withNext('start', async ({ url }) => {
    const isTakenOver = hydrationCheck(
      'next: the tag is in the HTML of the server, and is taken over',
      () => url,
    );
    await takeFrom([...exampleChecks('next', () => url), isTakenOver], browser, backend);
  });
  await withNext('dev', ({ url }) => {
    const warnsOfNothing = hydrationCheck('next: React, in development, warns of nothing', () => url);
    return takeFrom([warnsOfNothing], browser, backend);
  });
}

async function withNext(command: 'start' | 'dev', use: (server: NextServer) => Promise<void>): Promise<void> {
  const server = await startNext(packedSite.next, command);
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

async function problemOf(check: () => void | Promise<void>): Promise<string | null> {
  try {
    await check();
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
