import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { driverProvider } from '../engines/vitest-provider.js';
import { startWebKit } from './webkit.js';

const here = import.meta.dirname;
const patience = { poll: { timeout: 20_000 } };

/** Once more in CI, where nobody looks on, and its last lines say which test needed it. */
const retry = process.env.CI ? 1 : 0;

export default defineConfig({
  root: resolve(here, '../..'),
  test: {
    projects: [
      {
        optimizeDeps: {
          include: [
            '@vitest/browser/locators',
            'axe-core',
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
          name: 'components',
          maxWorkers: 1,
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 60_000,
          expect: patience,
          retry,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            viewport: { width: 1000, height: 800 },
            provider: driverProvider(() =>
              startWebKit({
                scripts: [resolve(here, 'stub-rtc.js')],
                autoplay: 'allow',
                width: 1200,
                height: 900,
              }),
            ),
            instances: [{ browser: 'webkit' }],
          },
        },
      },
      {
        test: {
          name: 'pages',
          environment: 'node',
          env: { ENGINE: 'webkit' },
          include: ['test/engines/checks/**/*.test.ts', 'test/webkit/**/*.test.ts'],
          maxWorkers: 2,
          testTimeout: 90_000,
          expect: patience,
          retry,
        },
      },
    ],
  },
});
