import type { Route } from '@playwright/test';
import { launcher as arabic } from '../../src/i18n/locales/ar.js';
import { launcher, words } from '../../src/i18n/locales/de.js';
import { launcher as persianLauncher, words as persian } from '../../src/i18n/locales/fa.js';
import { launcher as taiwan } from '../../src/i18n/locales/zh-Hant.js';
import { expect, test } from '../support/backend-fixture.js';
import type { WidgetPage } from '../support/widget-page.js';

test.use({ permissions: ['microphone'] });

/** The words of any language but English, as the build has named them, and the launcher's text. */
const WORDS = /\/chunks\/(launcher-)?[a-z]{2}(-[A-Z][a-z]{3})?-[\w-]{8}\.js$/;
const GERMAN = '**/chunks/de-*';
const LAUNCHER = '**/chunks/launcher-*';
const GERMAN_PAGE =
  '<!doctype html><html lang="de"><script src="/osmtalk-widget.js"></script><osmtalk-widget agent-id="a">';

const fetched = (widget: WidgetPage): string[] => widget.requests.filter((request) => WORDS.test(request));
const launchers = (widget: WidgetPage): string[] =>
  fetched(widget).filter((request) => request.includes('launcher-'));

test('a page in English loads no words of another language', async ({ widget }) => {
  await widget.visitAndOpen();
  await expect(widget.button('Start a call')).toBeVisible();
  await widget.page.waitForLoadState('networkidle');
  expect(fetched(widget)).toEqual([]);
});

test('the words of the page’s language come with the panel, once, and no others', async ({ widget }) => {
  await widget.visit({ lang: 'de' });
  await widget.button(launcher).click();
  await expect(widget.button(words.startCall)).toBeVisible();
  await widget.button(words.close).click();
  await widget.button(launcher).click();
  await widget.page.waitForLoadState('networkidle');
  expect(fetched(widget)).toEqual([
    expect.stringMatching(/\/launcher-de-[\w-]{8}\.js$/),
    expect.stringMatching(/\/chunks\/de-[\w-]{8}\.js$/),
  ]);
});

test('a language with its script in its tag: traditional Chinese', async ({ widget }) => {
  await widget.visit({ lang: 'zh-Hant' });
  await widget.button(taiwan).click();
  await expect(widget.page.getByRole('dialog')).toHaveAttribute('lang', 'zh-Hant');
});

test('the launcher waits for its text, and never shows in another language before', async ({
  widget,
  page,
}) => {
  const held: Route[] = [];
  await page.route(LAUNCHER, (route) => void held.push(route));
  // When each text was first drawn.
  await page.addInitScript(() => {
    const seen: Record<string, number> = {};
    const look = (): void => {
      const root = document.querySelector('osmtalk-widget')?.shadowRoot;
      const text = root?.querySelector('[part=launcher]')?.textContent;
      if (text) seen[text] ??= performance.now();
      requestAnimationFrame(look);
    };
    look();
    Object.assign(window, { seen });
  });
  // The demo page gives its element a language only after the script has run.
  await page.route('**/german', (route) => route.fulfill({ contentType: 'text/html', body: GERMAN_PAGE }));
  await page.goto(`${widget.backend.url}/german`);
  await expect.poll(() => held.length).toBe(1);
  await held[0]?.continue();
  await expect(widget.button(launcher)).toBeVisible();
  const { seen, parsedAt } = await page.evaluate(() => ({
    seen: (window as unknown as { seen: Record<string, number> }).seen,
    parsedAt: (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming)
      .domContentLoadedEventStart,
  }));
  expect(Object.keys(seen)).toContain(launcher);
  // Only on a machine that is busy for a second.
  expect((seen['Talk to us'] ?? Infinity) - parsedAt).toBeGreaterThanOrEqual(1_000);
});

test('a launcher’s text that takes long: English after a second, and the page’s language when it is here', async ({
  widget,
  page,
}) => {
  const held: Route[] = [];
  await page.route(LAUNCHER, (route) => void held.push(route));
  await widget.visit({ lang: 'de' });
  await expect(widget.button('Talk to us')).toBeVisible();
  await Promise.all(held.map((route) => route.continue()));
  await expect(widget.button(launcher)).toBeVisible();
});

test('a launcher’s text that cannot be had: English, and the panel in the language of the page', async ({
  widget,
  page,
}) => {
  await page.route(LAUNCHER, (route) => route.abort());
  await widget.visit({ lang: 'de' });
  const button = widget.button('Talk to us');
  await expect(button.locator('span')).toHaveAttribute('lang', 'en');
  await page.unroute(LAUNCHER);
  await button.click();
  await expect(widget.button(words.startCall)).toBeVisible();
  // With the panel the launcher's text is asked for again.
  await widget.button(words.close).click();
  await expect(widget.button(launcher)).toBeVisible();
});

test('the site’s own label needs no text of ours', async ({ widget }) => {
  await widget.visit({ lang: 'de', 'launcher-label': 'Rufen Sie an' });
  await expect(widget.button('Rufen Sie an')).toBeVisible();
  await widget.page.waitForLoadState('networkidle');
  expect(launchers(widget)).toEqual([]);
});

test('a page that changes its language while the launcher’s text is on its way gets the last one', async ({
  widget,
  page,
}) => {
  const held: Route[] = [];
  await page.route('**/chunks/launcher-de-*', (route) => void held.push(route));
  await widget.visit({ lang: 'de' });
  await expect.poll(() => held.length).toBe(1);
  await widget.element.evaluate((element) => element.setAttribute('lang', 'ar'));
  await expect(widget.button(arabic)).toBeVisible();
  const [url = ''] = held.map((route) => route.request().url());
  await Promise.all(held.map((route) => route.continue()));
  // The page has it, and whoever waited for it has got it.
  await page.evaluate((address) => import(address) as Promise<unknown>, url);
  expect(await widget.element.evaluate((element) => element.shadowRoot?.textContent)).toContain(arabic);
});

test('nothing is imported while the page is parsed: its import map may stand further down', async ({
  widget,
  page,
}) => {
  const html = `<!doctype html><html lang="de"><script src="/osmtalk-widget.js"></script>
    <osmtalk-widget agent-id="a"></osmtalk-widget><script src="/slow.js"></script>
    <script type="importmap">{"imports":{"own":"/own.js"}}</script><script type="module">import 'own'</script>`;
  const held: Route[] = [];
  await page.route('**/with-map', (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.route('**/slow.js', (route) => void held.push(route));
  await page.route('**/own.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'document.title = "The map works"' }),
  );
  await page.goto(`${widget.backend.url}/with-map`, { waitUntil: 'commit' });
  await expect.poll(() => held.length).toBe(1);
  expect(await widget.element.evaluate((element) => element.shadowRoot !== null)).toBe(true);
  expect(launchers(widget)).toEqual([]);
  await held[0]?.fulfill({ contentType: 'text/javascript', body: '' });
  await expect(widget.button(launcher)).toBeVisible();
  await expect(page).toHaveTitle('The map works');
});

test('an inline panel, which has no launcher, fetches no text for one', async ({ widget }) => {
  await widget.visit({ lang: 'de', layout: 'inline' });
  await expect(widget.button(words.startCall)).toBeVisible();
  expect(launchers(widget)).toEqual([]);
});

test('figures are in the digits of the language: a call’s length, its time, and what may still be typed', async ({
  widget,
}) => {
  await widget.visit({ lang: 'fa' });
  await widget.button(persianLauncher).click();
  await widget.button(persian.startCall).click();
  await widget.reached('connected');
  await expect(widget.page.getByRole('timer')).toHaveText(/^[۰-۹]+:[۰-۹]{2}$/);
  await widget.button(persian.endCall).click();
  await expect(widget.log.locator('.note').last()).toContainText(/[۰-۹]:[۰-۹]{2}/);
  await expect(widget.log.locator('.note time').last()).toHaveText(/^[۰-۹]{2}:[۰-۹]{2}$/);
  await widget.page.getByRole('textbox', { name: persian.message }).fill('x'.repeat(3_991));
  await expect(widget.page.getByText(persian.charactersLeft.replace('{count}', '۹'))).toBeVisible();
});

test('words that cannot be had: the panel works in English, and the next time it is opened they are asked for again', async ({
  widget,
  page,
}) => {
  await page.route(GERMAN, (route) => route.abort());
  await widget.visit({ lang: 'de' });
  await widget.button(launcher).click();
  await widget.page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await widget.button('Send').click();
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
  await page.unroute(GERMAN);
  await widget.button('Close').click();
  await widget.button(launcher).click();
  await expect(widget.button(words.send)).toBeVisible();
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
});

test('words that take long: the panel speaks English until they are here', async ({ widget, page }) => {
  const held: Route[] = [];
  await page.route(GERMAN, (route) => void held.push(route));
  await widget.visit({ lang: 'de' });
  await widget.button(launcher).click();
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
  await expect(widget.button(arabic)).toBeVisible();
});
