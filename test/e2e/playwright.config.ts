import { defineConfig } from '@playwright/test';
import type { SuiteOptions } from '../support/backend-fixture.js';
import { chromiumArguments, requireChromium, speakingMicrophone } from '../support/chromium.js';
import { watchIdleShare, workersFor } from '../support/idle-share.js';

// Each worker reads this file too, and is one already.
const isWorker = process.env['TEST_WORKER_INDEX'] !== undefined;
const workers = isWorker ? 1 : workersFor(await watchIdleShare());
if (!isWorker && workers < 4) console.log(`This machine has other work: ${workers} browsers at a time.`);

export default defineConfig<object, SuiteOptions>({
  testDir: '.',
  globalSetup: '../support/global-setup.ts',
  outputDir: '../../test-results',
  // Real calls on two cores, which mostly wait: more at a time would measure the machine, not the widget.
  workers,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // In CI, whose last lines say which test needed it.
  retries: process.env.CI ? 1 : 0,
  // Nothing is wrong with what is slow on a machine that has much else to do.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: '../../.cache/reports/e2e.json' }]],
  projects: [
    {
      name: 'key in the page',
      // Without a graphics card, what moves during a call costs a quarter of its processor.
      use: { contextOptions: { reducedMotion: 'reduce' } },
    },
    {
      // With everything that moves.
      name: 'behind a relay',
      testMatch: ['call.spec.ts', 'callback.spec.ts', 'chat.spec.ts'],
      use: { behindRelay: true },
    },
  ],
  use: {
    launchOptions: {
      executablePath: requireChromium(),
      args: [...chromiumArguments, ...speakingMicrophone],
    },
  },
});
