import { readFileSync } from 'node:fs';

/**
 * Counts the tests of a run of CI, from the reports that they wrote: the last line is `PASSED FAILED`. Before it, one line
 * for each test that failed, and for each that needed its second try. A report that is missing counts as one failure.
 */
const vitest = readReport('vitest.json');
const examples = readReport('examples.json');
const e2e = readReport('e2e.json');
// Where an engine is not installed, its step says so, and there is no report to count.
const runs = ['webkit-components', 'webkit-pages', 'firefox-components', 'firefox-pages'];
const engines = runs.map((name) => readReport(`${name}.json`)).filter((report) => report !== null);
const e2eTests = e2e ? e2e.suites.flatMap(testsOf) : [];

for (const report of [vitest, ...engines])
  for (const name of failedOf(report)) console.error(`failed: ${name}`);
for (const file of ['second-try.json', ...runs.map((name) => `second-try-${name}.json`)])
  for (const name of readReport(file) ?? []) console.error(`passed at the second try: ${name}`);
for (const { name, status } of e2eTests) {
  if (status === 'unexpected') console.error(`failed: ${name}`);
  if (status === 'flaky') console.error(`passed at the second try: ${name}`);
}

const unit = [vitest, examples, ...engines];
const passed = count(...unit.map((report) => report?.numPassedTests), e2e?.stats.expected, e2e?.stats.flaky);
const failed = [...unit.map((report) => report?.numFailedTests), e2e?.stats.unexpected].map((n) => n ?? 1);
console.log(`${passed} ${count(...failed)}`);

function readReport(file) {
  try {
    return JSON.parse(readFileSync(`.cache/reports/${file}`, 'utf8'));
  } catch {
    return null;
  }
}

function count(...numbers) {
  return numbers.reduce((total, number = 0) => total + number, 0);
}

function failedOf(report) {
  const results = report?.testResults ?? [];
  return results.flatMap(({ name: file, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => `${file}: ${fullName}`),
  );
}

/** Returns the tests of a suite of Playwright's report, and of the suites in it. */
function testsOf({ suites = [], specs = [], file }) {
  const own = specs.flatMap(({ title, tests }) =>
    tests.map(({ status, projectName }) => ({ name: `${file}: ${title} (${projectName})`, status })),
  );
  return [...own, ...suites.flatMap(testsOf)];
}
