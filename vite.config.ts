import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { playwright } from '@vitest/browser-playwright';
import { chromiumArguments, fakeMicrophone, requireChromium } from './test/support/chromium.js';

/** Vitest's own number is one less than there are cores. A file mostly waits: on two cores, two of each project are well used. */
const maxWorkers = Math.max(2, availableParallelism() - 1);

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          maxWorkers,
          include: ['test/unit/**/*.test.ts'],
          testTimeout: 20_000,
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
