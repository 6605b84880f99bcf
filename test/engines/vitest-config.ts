import { resolve } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import type { Driver } from './driver.js';
import { driverProvider } from './vitest-provider.js';

/** Software draws all of it, beside whatever else this machine does. */
const patience = { poll: { timeout: 20_000 } };
const testTimeout = 90_000;

/** Once more in CI, where nobody looks on, and its last lines say which test needed it. */
const retry = process.env.CI ? 1 : 0;

/** The tests of `test/browser` in an engine, and the checks of pages with it: those of all engines, and its own. */
export function engineConfig(engine: 'webkit' | 'firefox', start: () => Promise<Driver>): ViteUserConfig {
  return defineConfig({
    root: resolve(import.meta.dirname, '../..'),
    cacheDir: `node_modules/.vite/${engine}`,
    test: {
      // Looked for here alone, and not in the project that has the browser: on a busy machine an engine takes its time to start.
      browser: { connectTimeout: 240_000 },
      projects: [
        {
          extends: true,
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
            testTimeout,
            expect: patience,
            retry,
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              viewport: { width: 1000, height: 800 },
              provider: driverProvider(start),
              instances: [{ browser: engine }],
            },
          },
        },
        {
          extends: true,
          test: {
            name: 'pages',
            environment: 'node',
            env: { ENGINE: engine },
            include: ['test/engines/checks/**/*.test.ts', `test/${engine}/**/*.test.ts`],
            maxWorkers: 2,
            testTimeout,
            hookTimeout: 180_000,
            expect: patience,
            retry,
          },
        },
      ],
    },
  });
}
