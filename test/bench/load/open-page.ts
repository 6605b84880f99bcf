import type { Browser, BrowserContextOptions, Page } from 'playwright';

/** A page in a context of its own. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  // What tsx adds to every named function is not there in a page (https://github.com/evanw/esbuild/issues/2605).
  await context.addInitScript('globalThis.__name = (named) => named');
  return context.newPage();
}
