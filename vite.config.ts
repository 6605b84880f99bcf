import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { playwright } from '@vitest/browser-playwright';
import { chromiumArguments, fakeMicrophone, requireChromium } from './test/support/chromium.js';

/** A check that holds is over at once; on a machine that does much else, the second that is Vitest's own is soon gone. */
const patience = { poll: { timeout: 20_000 } };

/** Vitest's own number is one less than there are cores. A file mostly waits: on two cores, two of each project are well used. */
const maxWorkers = Math.max(2, availableParallelism() - 1);

/** Once more in CI, where nobody looks on, and its last lines say which test needed it. */
const retry = process.env.CI ? 1 : 0;

export default defineConfig({
  test: {
    // Read here alone: how long a browser may take to open its page.
    browser: { connectTimeout: 240_000 },
    projects: [
      {
        // So that the examples of the relay run as they are shipped.
        resolve: { alias: { 'osmtalk-widget/relay': resolve('src/relay.ts') } },
        test: {
          name: 'unit',
          environment: 'node',
          maxWorkers,
          include: ['test/unit/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: patience,
          retry,
        },
      },
      {
        optimizeDeps: {
          include: [
            'lit',
            'lit/directives/repeat.js',
            'lit/directives/live.js',
            'lit/async-directive.js',
            'lit/directive.js',
            'livekit-client',
            'libphonenumber-js/min',
          ],
        },
        test: {
          name: 'browser',
          maxWorkers,
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: patience,
          retry,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            viewport: { width: 1000, height: 800 },
            provider: playwright({
              // Else every press waits for the panel to have come up.
              contextOptions: { reducedMotion: 'reduce' },
              launchOptions: {
                executablePath: requireChromium(),
                args: [...chromiumArguments, ...fakeMicrophone],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
