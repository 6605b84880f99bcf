import { mkdirSync, writeFileSync } from 'node:fs';
import type { Reporter, TestCase } from 'vitest/node';

/** Keeps the names of tests that passed only at their second try, so that CI can say so. */
export default class SecondTryReporter implements Reporter {
  readonly #names: string[] = [];

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky) this.#names.push(`${test.module.relativeModuleId}: ${test.fullName}`);
  }

  onTestRunEnd(): void {
    mkdirSync('.cache/reports', { recursive: true });
    const file = process.env.SECOND_TRY_REPORT ?? 'second-try.json';
    writeFileSync(`.cache/reports/${file}`, JSON.stringify(this.#names));
  }
}
