import type { Page } from '@playwright/test';
import { expect, test } from '../support/backend-fixture.js';

declare global {
  interface Window {
    /** Where each timer or frame that has fired was asked for. */
    wakes: string[];
  }
}

const MINUTE_MS = 60_000;

/** Notes whatever fires, by a clock that `runFor` moves on. */
async function watch(page: Page): Promise<void> {
  await page.clock.install();
  await page.addInitScript(() => {
    window.wakes = [];
    for (const name of [
      'setTimeout',
      'setInterval',
      'requestAnimationFrame',
      'requestIdleCallback',
    ] as const) {
      const original = window[name] as (run: (at: never) => unknown, ms?: number) => number;
      Object.assign(window, {
        [name]: (run: (at: never) => unknown, ms?: number) => {
          const asked = `${name} ${new Error().stack?.split('\n').slice(2, 5).join(' ') ?? ''}`;
          return original.call(window, (at) => (window.wakes.push(asked), run(at)), ms);
        },
      });
    }
  });
}

/** What fires in a minute, after all that was under way has come to rest. */
async function wakesOfAMinute(page: Page): Promise<string[]> {
  await page.waitForLoadState('networkidle');
  await page.clock.pauseAt(new Date(Date.now() + 10 * MINUTE_MS));
  // Whatever this minute has started, such as a download at idle, is done when the page has drawn again and fetches nothing.
  const scripts = (): Promise<number> => page.evaluate(() => performance.getEntriesByType('resource').length);
  await expect
    .poll(async () => {
      const before = await scripts();
      await page.clock.runFor(MINUTE_MS);
      return (await scripts()) - before;
    })
    .toBe(0);
  await page.evaluate(() => (window.wakes = []));
  await page.clock.runFor(MINUTE_MS);
  return page.evaluate(() => window.wakes);
}

test('the watch sees a timer', async ({ widget, page }) => {
  await watch(page);
  await widget.visit();
  await expect(widget.button('Talk to us')).toBeVisible();
  // oxlint-disable-next-line house/no-sleep -- what the watch has to see
  await page.evaluate(() => void setInterval(() => undefined, 10_000));
  expect(await wakesOfAMinute(page)).toHaveLength(6);
});

const PAGES: Record<string, Record<string, string>> = {
  'a page in English': {},
  'a page in another language': { lang: 'de' },
  'with all that it may watch': { callback: 'true', 'phone-number-id': 'phone_demo', persist: 'local' },
};

for (const [what, settings] of Object.entries(PAGES))
  test(`closed, it wakes the processor for nothing: ${what}`, async ({ widget, page }) => {
    await watch(page);
    await widget.visit(settings);
    await expect(page.getByRole('button', { name: /Talk to us|Sprechen Sie/ })).toBeVisible();
    expect(await wakesOfAMinute(page)).toEqual([]);
  });

test('closed again after a chat, it wakes the processor for nothing', async ({ widget, page }) => {
  await watch(page);
  await widget.visit();
  await widget.button('Talk to us').click();
  await page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await widget.button('Send').click();
  await expect
    .poll(async () => {
      await page.clock.runFor(500);
      return widget.log.getByRole('listitem').count();
    })
    .toBe(2);
  await widget.button('Close').click();
  expect(await wakesOfAMinute(page)).toEqual([]);
});
