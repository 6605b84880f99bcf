import type { WidgetPage } from '../support/widget-page.js';
import { expect, test } from '../support/backend-fixture.js';

test.use({ timings: { chatPieceGapMs: 1 } });

const TEASER = 'Questions? Ask me.';
const teaserOf = (widget: WidgetPage) => widget.button(TEASER);
const partsOf = (widget: WidgetPage): string[] =>
  widget.requests.filter((request) => /\/(teaser|measuring|language-choice|call-and-message)-/.test(request));
const unread = (widget: WidgetPage): Promise<number> =>
  widget.element.evaluate((element) => (element as HTMLElementTagNameMap['osmtalk-widget']).unread);
const sendClosed = (widget: WidgetPage, text: string): Promise<void> =>
  widget.element.evaluate(
    (element, words) => (element as HTMLElementTagNameMap['osmtalk-widget']).sendMessage(words),
    text,
  );

test('a teaser shifts nothing of the page, and its code is fetched only where it is asked for', async ({
  widget,
  page,
}) => {
  await widget.visit();
  // What comes last on a page without any of these attributes.
  await expect.poll(() => widget.requests.some((request) => request.includes('/in-page-'))).toBe(true);
  expect(partsOf(widget)).toEqual([]);

  // The page itself has settled: what moves from here on is the teaser's doing.
  await page.evaluate((text) => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        shifts.push((entry as PerformanceEntry & { value: number }).value);
    }).observe({ type: 'layout-shift' });
    Object.assign(document.querySelector('osmtalk-widget') ?? {}, { teaserAfter: '0', teaser: text });
  }, TEASER);
  await expect(teaserOf(widget)).toBeVisible();
  expect(partsOf(widget)).toHaveLength(1);
  // An observer is told after the frame.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)).toEqual([]);
  await teaserOf(widget).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await widget.details('osmtalk-teaser')).toEqual([{ action: 'shown' }, { action: 'pressed' }]);
  expect(widget.pageErrors).toEqual([]);
});

test('seen once in a session: not on the next page, and on the first one of the next session', async ({
  widget,
  page,
  browser,
}) => {
  await widget.visit({ teaser: TEASER, 'teaser-after': '0' });
  await expect(teaserOf(widget)).toBeVisible();
  await page.reload();
  // A line that the page shows itself comes after the teaser would have.
  await expect.poll(() => partsOf(widget).length).toBe(2);
  await widget.element.evaluate((element) =>
    (element as HTMLElementTagNameMap['osmtalk-widget']).showTeaser('Shown by the page'),
  );
  await expect(widget.button('Shown by the page')).toBeVisible();
  expect(await widget.details('osmtalk-teaser')).toEqual([{ action: 'shown' }]);
  const context = await browser.newContext();
  const fresh = await context.newPage();
  await fresh.goto(page.url());
  await expect(fresh.getByRole('button', { name: TEASER })).toBeVisible();
  await context.close();
});

test('replies that come while the panel is closed are counted in all tabs, over a reload, until one tab reads them', async ({
  widget,
}) => {
  await widget.visit({ persist: 'local' });
  const other = await widget.another();
  await other.visit({ persist: 'local' });
  await sendClosed(widget, 'Hello');
  await expect.poll(() => unread(widget)).toBe(1);
  await expect.poll(() => unread(other)).toBe(1);
  await expect(widget.page.getByRole('status').filter({ hasText: 'New messages: 1' })).toHaveCount(1);
  await widget.page.reload();
  await expect.poll(() => unread(widget)).toBe(1);
  await other.button('Talk to us').click();
  await expect(other.log.getByRole('listitem')).toHaveCount(2);
  await expect.poll(() => unread(widget)).toBe(0);
  expect((await other.details('osmtalk-unread')).at(-1)).toEqual({ count: 0 });
});

test('a page with a teaser and unread replies comes back from the browser’s memory as it was', async ({
  widget,
  page,
}) => {
  await widget.visit({ teaser: TEASER, 'teaser-after': '3600' });
  await sendClosed(widget, 'Hello');
  await expect.poll(() => unread(widget)).toBe(1);
  await page.goto('about:blank');
  await page.goBack();
  await expect.poll(() => unread(widget)).toBe(1);
  await sendClosed(widget, 'And now?');
  await expect.poll(() => unread(widget)).toBe(2);
});
