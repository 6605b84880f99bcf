import { defineConfig } from '@playwright/test';
import { chromiumArguments, requireChromium, speakingMicrophone } from '../support/chromium.js';

export default defineConfig({
  testDir: '.',
  globalSetup: '../support/global-setup.ts',
  outputDir: '../../test-results',
  // Real calls on two cores, which mostly wait: more at a time would measure the machine, not the widget.
  workers: 3,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: '../../.cache/reports/e2e.json' }]],
  use: {
    launchOptions: {
      executablePath: requireChromium(),
      args: [...chromiumArguments, ...speakingMicrophone],
    },
  },
});
