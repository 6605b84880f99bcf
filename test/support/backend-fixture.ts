import { test as base, expect } from '@playwright/test';
import { startBackend, type Backend } from '../../demo/backend/start-backend.js';
import { WidgetPage } from './widget-page.js';

/** Tests with the real backend on a free port, the built widget, and a page object for it. */
export const test = base.extend<{ widget: WidgetPage }, { backend: Backend }>({
  backend: [
    async ({}, use) => {
      const backend = await startBackend({
        port: 0,
        staticDirs: ['.cache/demo', 'dist', 'test/support/pages'],
      });
      await use(backend);
      await backend.close();
    },
    { scope: 'worker' },
  ],
  widget: async ({ page, backend }, use) => {
    await use(await WidgetPage.prepare(page, backend));
  },
});

export { expect };
