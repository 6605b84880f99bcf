import type { Browser } from 'playwright';
import type { Backend } from '../../demo/backend/start-backend.js';
import { WidgetPage } from '../support/widget-page.js';

/** What a check has at hand: a fresh page of its own, and all that this page prints. */
export interface Stage {
  widget: WidgetPage;
  backend: Backend;
  /** Warnings and errors on the console, but for the browser's own lines on what it could not fetch. */
  complaints: string[];
}

export type Check = (stage: Stage) => Promise<void>;
export type NamedCheck = readonly [title: string, check: Check];

const LIMIT_MS = 15_000;
/** Printed by the development build of lit, which a development server takes. */
const LIT_NOTE = 'Lit is in dev mode.';

/** Runs one check on a page of its own. Resolves to what went wrong, or to `null`. */
export async function failureOf(check: Check, browser: Browser, backend: Backend): Promise<string | null> {
  const context = await browser.newContext({ permissions: ['microphone'] });
  try {
    context.setDefaultTimeout(LIMIT_MS);
    const page = await context.newPage();
    await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
    const widget = await WidgetPage.prepare(page, backend);
    const complaints: string[] = [];
    page.on('console', (message) => {
      const text = message.text();
      if (message.type() !== 'warning' && message.type() !== 'error') return;
      if (!text.startsWith('Failed to load resource') && !text.startsWith(LIT_NOTE)) complaints.push(text);
    });
    await check({ widget, backend, complaints });
    if (widget.pageErrors.length > 0) throw new Error(`Errors of the page: ${widget.pageErrors.join('\n')}`);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await context.close();
  }
}
