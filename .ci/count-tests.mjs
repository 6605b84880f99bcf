import { readFileSync } from 'node:fs';

/** Prints `PASSED FAILED` over the reports that the tests wrote; a report that is missing counts as one failure. */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(`.cache/reports/${file}`, 'utf8'));
  } catch {
    return null;
  }
}

const reports = [readReport('vitest.json'), readReport('examples.json')];
const e2e = readReport('e2e.json');
const passed = sum(reports.map((report) => report?.numPassedTests ?? 0)) + (e2e?.stats.expected ?? 0);
const failed =
  sum(reports.map((report) => report?.numFailedTests ?? 1)) +
  (e2e ? e2e.stats.unexpected + e2e.stats.flaky : 1);
console.log(`${passed} ${failed}`);

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
