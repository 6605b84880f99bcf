import { readFileSync } from 'node:fs';

/**
 * Says `N passed, N failed` from Playwright's report, and not from its exit code, which says nothing of how many. What needed a
 * second try has failed, and so has a run without a test.
 */
export function countReport(path: string): void {
  const { stats } = JSON.parse(readFileSync(path, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number };
  };
  const failed = stats.unexpected + stats.flaky;
  console.log(`${stats.expected} passed, ${failed} failed`);
  if (failed > 0 || stats.expected === 0) process.exitCode = 1;
}
