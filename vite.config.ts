import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { playwright } from '@vitest/browser-playwright';
import { chromiumArguments, requireChromium } from './test/support/chromium.js';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

/** Shared by tests and by the builds in `.ci/build.ts`. */
export const define = { __OSMTALK_VERSION__: JSON.stringify(version) };

export default defineConfig({
  define,
  test: {
    projects: [
      {
        define,
        test: { name: 'unit', environment: 'node', include: ['test/unit/**/*.test.ts'], testTimeout: 20_000 },
      },
      {
        define,
        optimizeDeps: { include: ['lit', 'lit/directives/repeat.js', 'lit/directives/live.js', 'lit/async-directive.js', 'lit/directive.js', 'livekit-client'] },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: requireChromium(), args: chromiumArguments } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
