import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';

export interface Count {
  passed: number;
  failed: number;
}

/**
 * Runs Vitest with this configuration, in a process group of its own: whatever happens, no browser stays behind. Its report
 * is `.cache/reports/NAME.json`, which CI counts.
 */
export async function runVitest(name: string, config: string, more: readonly string[] = []): Promise<Count> {
  const report = `.cache/reports/${name}.json`;
  mkdirSync('.cache/reports', { recursive: true });
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const secondTry = ['--reporter=./.ci/second-try-reporter.ts'];
  const tests = spawn('npx', ['vitest', 'run', '--config', config, ...reporters, ...secondTry, ...more], {
    stdio: 'inherit',
    detached: true,
    env: { ...process.env, SECOND_TRY_REPORT: `second-try-${name}.json` },
  });
  const endAll = (signal: NodeJS.Signals): void => {
    try {
      if (tests.pid !== undefined) process.kill(-tests.pid, signal);
    } catch {
      // All of them have ended.
    }
  };
  const stop = (): void => {
    endAll('SIGKILL');
    process.exit(143);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    await once(tests, 'exit');
  } finally {
    endAll('SIGKILL');
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
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

/** The last line, which says it all. */
export function tell({ passed, failed }: Count): void {
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}
