import { defineConfig } from 'vitest/config';
import { playwright } from '@vitest/browser-playwright';
import { chromiumArguments, fakeMicrophone, requireChromium } from './test/support/chromium.js';

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'unit', environment: 'node', include: ['test/unit/**/*.test.ts'], testTimeout: 20_000 },
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
          include: ['test/browser/**/*.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            viewport: { width: 1000, height: 800 },
            provider: playwright({
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
