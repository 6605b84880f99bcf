import { readFileSync } from 'node:fs';

/** Prints `PASSED FAILED` over the reports that `npm test` wrote; a report that is missing counts as one failure. */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(`.cache/reports/${file}`, 'utf8'));
  } catch {
    return null;
  }
}

const vitest = readReport('vitest.json');
const e2e = readReport('e2e.json');
const passed = (vitest?.numPassedTests ?? 0) + (e2e?.stats.expected ?? 0);
const failed = (vitest?.numFailedTests ?? 1) + (e2e ? e2e.stats.unexpected + e2e.stats.flaky : 1);
console.log(`${passed} ${failed}`);
