import type { Browser, Page } from '@playwright/test';
import { expect, test } from '../support/backend-fixture.js';
import { differingShare, type Box } from '../support/compare-pictures.js';
import { blankPageFor, HOSTILE_PAGES, htmlOf, type HostilePage } from '../support/hostile-pages.js';
import { fromOrigin } from '../support/site.js';
import { patchLikeOldPrototypeJs } from '../support/old-prototype-js.js';
import { WidgetPage } from '../support/widget-page.js';

const VIEWPORT = { width: 800, height: 640 };

/** The launcher and its shadow. */
const CORNER: Box = { x: 580, y: 540, width: 220, height: 100 };

const WHOLE: Box = { x: 0, y: 0, ...VIEWPORT };

/** Of all pixels; the page shows at the rounded corners of the panel. */
const SMALL_SHARE = 0.002;

test.use({
  viewport: VIEWPORT,
  permissions: ['microphone'],
  timings: { chatPieceGapMs: 1 },
});

let putUp: (html: string) => string;

test.beforeEach(({ site, scriptHost }) => {
  putUp = (html) => site.put(fromOrigin(html, scriptHost.url));
});

interface Look {
  closed: Buffer;
  open: Buffer;
  launcherBox: Box;
  panelBox: Box;
}

const blankLooks = new Map<string, Promise<Look>>();

/** How the widget looks where nothing disturbs it; looked at once. */
function lookOnBlank(browser: Browser, url: string, hostile: HostilePage): Promise<Look> {
  const html = blankPageFor(hostile);
  const known = blankLooks.get(html);
  if (known) return known;
  const looking = (async () => {
    const page = await browser.newPage({ viewport: VIEWPORT, reducedMotion: 'reduce' });
    await visit(page, url, html);
    const look = await lookAt(page);
    await page.close();
    return look;
  })();
  blankLooks.set(html, looking);
  return looking;
}

/** From a real server: to Chromium a page that the test makes up is on the public internet, and may not load from here. */
async function visit(page: Page, origin: string, html: string): Promise<void> {
  await page.goto(origin + putUp(html));
}

async function lookAt(page: Page): Promise<Look> {
  const button = page.getByRole('button', { name: 'Talk to us' });
  await expect(button).toBeVisible();
  await twoFrames(page);
  const closed = await page.screenshot();
  const launcherBox = await button.boundingBox();
  await button.click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await twoFrames(page);
  const panelBox = await dialog.boundingBox();
  if (!launcherBox || !panelBox) throw new Error('The launcher or the panel has no box');
  return { closed, open: await page.screenshot(), launcherBox, panelBox };
}

async function twoFrames(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );
}

async function expectChat(widget: WidgetPage): Promise<void> {
  const { page, log } = widget;
  const box = page.getByRole('textbox', { name: 'Message' });
  await box.fill('Hello');
  await box.press('Enter');
  await expect(log.getByRole('listitem')).toHaveCount(2);
  await expect(log.getByRole('listitem').last()).toHaveAttribute('data-status', 'sent');
  await page.keyboard.press('Escape');
  await expect(widget.button('Talk to us')).toBeFocused();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

for (const hostile of HOSTILE_PAGES) {
  test(`${hostile.name}: looks as on a blank page, leaves the page alone, works`, async ({
    page,
    browser,
    backend,
    widget,
  }, testInfo) => {
    const blank = await lookOnBlank(browser, backend.url, hostile);
    await visit(page, backend.url, htmlOf(hostile, null));
    await twoFrames(page);
    const alone = await page.screenshot();
    await visit(page, backend.url, htmlOf(hostile));
    if (hostile.reveal) await page.evaluate(hostile.reveal);
    const look = await lookAt(page);
    await testInfo.attach('closed', { body: look.closed, contentType: 'image/png' });
    await testInfo.attach('open', { body: look.open, contentType: 'image/png' });

    expect(look.launcherBox).toEqual(blank.launcherBox);
    expect(look.panelBox).toEqual(blank.panelBox);
    expect(await differingShare(browser, [look.closed, blank.closed], 'inside', CORNER)).toBeLessThan(
      SMALL_SHARE,
    );
    expect(await differingShare(browser, [look.open, blank.open], 'inside', look.panelBox)).toBeLessThan(
      SMALL_SHARE,
    );
    expect(await differingShare(browser, [look.closed, alone], 'outside', CORNER)).toBe(0);
    await expectChat(widget);
    expect(widget.pageErrors).toEqual([]);
  });
}

test('a page at 200 %: launcher and panel stay inside the window, and can be used', async ({
  browser,
  backend,
}) => {
  const context = await browser.newContext({ viewport: { width: 640, height: 360 }, deviceScaleFactor: 2 });
  const widget = await WidgetPage.prepare(await context.newPage(), backend);
  const { page } = widget;
  await visit(page, backend.url, htmlOf({ name: 'zoomed' }));
  await widget.button('Talk to us').click();
  const controls = [page.getByRole('dialog'), widget.button('Close'), widget.button('Start a call')];
  for (const control of controls) await expect(control).toBeInViewport({ ratio: 1 });
  await expectChat(widget);
  await context.close();
});

test('print: the page alone, open or closed', async ({ page, browser, backend, widget }) => {
  const hostile = { name: 'print' };
  await page.emulateMedia({ media: 'print' });
  await visit(page, backend.url, htmlOf(hostile, null));
  const alone = await page.screenshot();
  await visit(page, backend.url, htmlOf(hostile));
  await expect(widget.element).toBeAttached();
  await twoFrames(page);
  expect(await differingShare(browser, [await page.screenshot(), alone], 'inside', WHOLE)).toBe(0);
  await widget.element.evaluate((element) => (element as HTMLElementTagNameMap['osmtalk-widget']).show());
  await expect(page.getByRole('dialog', { includeHidden: true })).toBeAttached();
  expect(await differingShare(browser, [await page.screenshot(), alone], 'inside', WHOLE)).toBe(0);
});

test('shadow roots that the page closes: the launcher and the methods work', async ({
  page,
  browser,
  backend,
  widget,
}) => {
  const hostile: HostilePage = {
    name: 'closed',
    script: () => {
      const attachShadow = Element.prototype.attachShadow;
      Element.prototype.attachShadow = function attach(): ShadowRoot {
        return attachShadow.call(this, { mode: 'closed' });
      };
    },
  };
  const blank = await lookOnBlank(browser, backend.url, hostile);
  await visit(page, backend.url, htmlOf(hostile));
  const { x, y, width, height } = blank.launcherBox;
  await expect(widget.element).toBeAttached();
  await twoFrames(page);
  await page.mouse.click(x + width / 2, y + height / 2);
  await expect.poll(() => widget.details('osmtalk-open')).toHaveLength(1);
  await widget.element.evaluate((element) =>
    (element as HTMLElementTagNameMap['osmtalk-widget']).sendMessage('Hello'),
  );
  await expect.poll(() => widget.details('osmtalk-message')).toHaveLength(2);
  expect(widget.pageErrors).toEqual([]);
});

test('--osmtalk-z-index: the widget takes its place in the page’s own order', async ({
  page,
  backend,
  widget,
}) => {
  const css = `.bar { position: fixed; inset: auto 0 0 0; height: 90px; z-index: 10; background: #eee }
    osmtalk-widget { --osmtalk-z-index: 9 }`;
  const inside = { before: '<div class="bar"></div>', after: '' };
  await visit(page, backend.url, htmlOf({ name: 'stacked', css, inside }));
  const box = await widget.button('Talk to us').boundingBox();
  if (!box) throw new Error('The launcher has no box');
  await twoFrames(page);
  const atLauncher = () =>
    page.evaluate(({ x, y }) => document.elementFromPoint(x + 20, y + 20)?.className || 'widget', {
      x: box.x,
      y: box.y,
    });
  expect(await atLauncher()).toBe('bar');
  await widget.element.evaluate((element) => element.style.setProperty('--osmtalk-z-index', '11'));
  expect(await atLauncher()).toBe('widget');
});

test('inside a modal dialog of the page it can be used', async ({ page, backend, widget }) => {
  const inside = { before: '<dialog>', after: '</dialog>' };
  await visit(page, backend.url, htmlOf({ name: 'dialog', inside }));
  await expect(widget.element).toBeAttached();
  await page.evaluate(() => document.querySelector('dialog')?.showModal());
  await widget.button('Talk to us').click();
  await expect(page.getByRole('dialog', { name: 'How can we help?' })).toBeVisible();
});

test('a call in a page with more to enumerate in every array and object', async ({
  page,
  backend,
  widget,
}) => {
  const hostile = HOSTILE_PAGES.find(({ name }) => name.startsWith('arrays and objects'));
  if (!hostile?.script) throw new Error('No such page');
  await page.addInitScript(hostile.script);
  await page.goto(`${backend.url}/script-tag.html`);
  await widget.button('Ask us').click();
  await widget.startCall();
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.001);
  await widget.button('End call').click();
  await expect.poll(() => widget.details('osmtalk-call-end')).toHaveLength(1);
  expect(widget.pageErrors).toEqual([]);
});

test('old Prototype.js: the agent gets what was written, and a reload brings it all back', async ({
  page,
  backend,
  widget,
}) => {
  const bodies: unknown[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/chat')) bodies.push(request.postDataJSON());
  });
  const variables = `<script>document.addEventListener('osmtalk-open', ({ target }) => {
    target.dynamicVariables = { interests: ['rooms', 'prices'] };
  })</script>`;
  const inside = { before: variables, after: '' };
  await visit(page, backend.url, htmlOf({ name: 'patched', script: patchLikeOldPrototypeJs, inside }));
  await widget.button('Talk to us').click();
  await expectChat(widget);
  expect(bodies).toEqual([
    expect.objectContaining({ message: 'Hello', dynamicVariables: { interests: ['rooms', 'prices'] } }),
  ]);
  await page.reload();
  await widget.button('Talk to us').click();
  await expect(widget.log.locator('.text')).toHaveText([
    'Hello',
    'Hello! Nice to hear from you. What can I do for you?',
  ]);
});

for (const [name, script] of Object.entries({ 'does nothing': removeNothing, throws: removeThrows })) {
  test(`a remove() that ${name}`, async ({ page, backend, widget }) => {
    await visit(page, backend.url, htmlOf({ name, script }));
    await widget.button('Talk to us').click();
    const welcome = page.getByText('Talk to our assistant, or write');
    await expect(welcome).toBeVisible();
    await expectChat(widget);
    await widget.button('Talk to us').click();
    await expect(welcome).toHaveCount(0);
    expect(widget.pageErrors).toEqual([]);
  });
}

function removeNothing(): void {
  Element.prototype.remove = function remove(): void {};
}

function removeThrows(): void {
  Element.prototype.remove = function remove(): void {
    throw new Error('remove is not for you');
  };
}
