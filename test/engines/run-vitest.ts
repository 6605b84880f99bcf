import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';

interface Count {
  passed: number;
  failed: number;
}

const PROJECTS = ['components', 'pages'] as const;

/**
 * Runs both projects of `test/ENGINE/vitest.config.ts` at the same time, since each mostly waits, and ends with
 * `N passed, N failed`. Their reports are `.cache/reports/ENGINE-PROJECT.json`, which CI counts.
 */
export async function runEngine(engine: 'webkit' | 'firefox', more: readonly string[]): Promise<void> {
  mkdirSync('.cache/reports', { recursive: true });
  const counts = await Promise.all(PROJECTS.map((project) => runProject(engine, project, more)));
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}

/** In a process group of its own: whatever happens, no browser stays behind. */
async function runProject(
  engine: string,
  project: (typeof PROJECTS)[number],
  more: readonly string[],
): Promise<Count> {
  const name = `${engine}-${project}`;
  const report = `.cache/reports/${name}.json`;
  rmSync(report, { force: true });
  const config = ['--config', `test/${engine}/vitest.config.ts`, '--project', `${project}*`];
  const reporters = ['default', './.ci/second-try-reporter.ts', 'json'].map(
    (reporter) => `--reporter=${reporter}`,
  );
  const tests = spawn(
    'npx',
    ['vitest', 'run', ...config, ...reporters, `--outputFile.json=${report}`, '--passWithNoTests', ...more],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
      env: { ...process.env, SECOND_TRY_REPORT: `second-try-${name}.json` },
    },
  );
  const endAll = (): void => {
    try {
      if (tests.pid !== undefined) process.kill(-tests.pid, 'SIGKILL');
    } catch {
      // All of them have ended.
    }
  };
  const stop = (): void => process.exit(143);
  process.once('exit', endAll);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await once(tests, 'exit');
  endAll();
  for (const [event, listener] of [
    ['exit', endAll],
    ['SIGINT', stop],
    ['SIGTERM', stop],
  ] as const)
    process.off(event, listener);
  return readCount(report);
}

/** From the report and not from the exit code, which says nothing of how many. Without a report, something failed. */
function readCount(report: string): Count {
  try {
    const { numPassedTests, numFailedTests, success } = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      success: boolean;
    };
    // A file that could not even be read has no test that failed.
    return { passed: numPassedTests, failed: success ? numFailedTests : Math.max(1, numFailedTests) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
