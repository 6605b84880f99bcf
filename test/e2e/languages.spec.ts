import type { Route } from '@playwright/test';
import { LAUNCHER_WORDS } from '../../src/i18n/locale-name.js';
import { words } from '../../src/i18n/locales/de.js';
import { expect, test } from '../support/backend-fixture.js';
import type { WidgetPage } from '../support/widget-page.js';

/** The words of any language but English, as the build has named them. */
const WORDS = /\/chunks\/[a-z]{2}-[\w-]{8}\.js$/;
const GERMAN = '**/chunks/de-*';

const fetched = (widget: WidgetPage): string[] => widget.requests.filter((request) => WORDS.test(request));

test('a page in English loads no words of another language', async ({ widget }) => {
  await widget.visitAndOpen();
  await expect(widget.button('Start a call')).toBeVisible();
  await widget.page.waitForLoadState('networkidle');
  expect(fetched(widget)).toEqual([]);
});

test('the words of the page’s language come with the panel, once, and no others', async ({ widget }) => {
  await widget.visit({ lang: 'de' });
  await widget.button(LAUNCHER_WORDS.de).click();
  await expect(widget.button(words.startCall)).toBeVisible();
  await widget.button(words.close).click();
  await widget.button(LAUNCHER_WORDS.de).click();
  await widget.page.waitForLoadState('networkidle');
  expect(fetched(widget)).toEqual([expect.stringMatching(/\/de-[\w-]{8}\.js$/)]);
});

test('words that cannot be had: the panel works in English, and the next time it is opened they are asked for again', async ({
  widget,
  page,
}) => {
  await page.route(GERMAN, (route) => route.abort());
  await widget.visit({ lang: 'de' });
  await widget.button(LAUNCHER_WORDS.de).click();
  await widget.page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await widget.button('Send').click();
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
  await page.unroute(GERMAN);
  await widget.button('Close').click();
  await widget.button(LAUNCHER_WORDS.de).click();
  await expect(widget.button(words.send)).toBeVisible();
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
});

test('words that take long: the panel speaks English until they are here', async ({ widget, page }) => {
  const held: Route[] = [];
  await page.route(GERMAN, (route) => void held.push(route));
  await widget.visit({ lang: 'de' });
  await widget.button(LAUNCHER_WORDS.de).click();
  await page.getByRole('textbox', { name: 'Message' }).fill('Half written');
  await Promise.all(held.map((route) => route.continue()));
  await expect(page.getByRole('textbox', { name: words.message })).toHaveValue('Half written');
});

test('a page in another encoding, from a server that names none for scripts', async ({ widget, page }) => {
  const html =
    '<!doctype html><html lang="ar"><script src="/osmtalk-widget.js"></script><osmtalk-widget agent-id="a">';
  await page.route('**/old-page', (route) =>
    route.fulfill({ contentType: 'text/html; charset=shift_jis', body: html }),
  );
  await page.route('**/osmtalk-widget.js', async (route) => {
    const script = await route.fetch();
    await route.fulfill({ contentType: 'text/javascript', body: await script.body() });
  });
  await page.goto(`${widget.backend.url}/old-page`);
  expect(await page.evaluate(() => document.characterSet)).toBe('Shift_JIS');
  await expect(widget.button(LAUNCHER_WORDS.ar)).toBeVisible();
});
