import { test as base, expect } from '@playwright/test';
import { startBackend, type Backend } from '../../demo/backend/start-backend.js';
import { disposeRtc } from '../../demo/backend/livekit-server/load-rtc.js';
import type { Timings } from '../../demo/backend/timings.js';
import { WidgetPage } from './widget-page.js';

interface WorkerFixtures {
  /** Shorter waits of the backend, for `test.use`. */
  timings: Partial<Timings>;
  backend: Backend;
}

/** Tests with the real backend on a free port, the built widget, and a page object for it. */
export const test = base.extend<{ widget: WidgetPage }, WorkerFixtures>({
  timings: [{}, { option: true, scope: 'worker' }],
  backend: [
    async ({ timings }, use) => {
      const backend = await startBackend({
        port: 0,
        timings,
        staticDirs: ['.cache/demo', 'dist', 'test/support/pages'],
      });
      await use(backend);
      await backend.close();
      if (backend.livekitUrl !== undefined) await disposeRtc();
    },
    { scope: 'worker' },
  ],
  widget: async ({ page, backend }, use) => {
    await use(await WidgetPage.prepare(page, backend));
  },
});

export { expect };
