import { chromium, type Browser } from '@playwright/test';
import type { Backend } from '../../demo/backend/start-backend.js';
import { chromiumArguments, requireChromium, silentMicrophone } from './chromium.js';
import { WidgetPage } from './widget-page.js';

/** A browser whose microphone works and gives silence, as one that is switched off on its cable. */
export function launchSilentBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: requireChromium(),
    args: [...chromiumArguments, ...silentMicrophone],
  });
}

/** A page of that browser, with the microphone granted. Closing the browser closes it. */
export async function openSilentPage(browser: Browser, backend: Backend): Promise<WidgetPage> {
  const context = await browser.newContext({ permissions: ['microphone'] });
  return WidgetPage.prepare(await context.newPage(), backend);
}
