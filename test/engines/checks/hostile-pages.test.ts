import { beforeEach, expect, test } from 'vitest';
import { type Box, CHANNEL_TOLERANCE, compare } from '../../support/compare-pictures.js';
import { blankPageFor, HOSTILE_PAGES, htmlOf, type HostilePage } from '../../support/hostile-pages.js';
import type { Place } from '../page-tools.js';
import { ENGINE, useStage } from '../stage.js';

/** The pages of `test/e2e/hostile-pages.spec.ts`, with the script from another origin. */
const WINDOW = { width: 800, height: 640 };

/** The launcher and its shadow, without what the page's scrollbars may lie on. */
const CORNER: Box = { x: 580, y: 540, width: 205, height: 85 };

/** Of all pixels; the page shows at the rounded corners of the panel. */
const SMALL_SHARE = 0.002;

const stage = useStage(WINDOW);

interface Look {
  closed: Buffer;
  open: Buffer;
  launcher: Place;
  panel: Place;
}

const blankLooks = new Map<string, Look>();

beforeEach(async () => {
  await stage.driver.resize(WINDOW);
  // What was said on the page before.
  await stage.visit('');
  await stage.driver.run(() => sessionStorage.clear());
});

async function visit(html: string): Promise<void> {
  const elsewhere = html
    .replace('<meta charset="utf-8">', '$&<script src="/record.js"></script>')
    .replace('src="/osmtalk-widget.js"', `src="${stage.site.cdn}/osmtalk-widget.js"`)
    .replace('base-url="/"', `base-url="${stage.site.backend.url}"`);
  await stage.driver.visit(stage.site.page(elsewhere));
}

async function lookOnBlank(hostile: HostilePage): Promise<Look> {
  const html = blankPageFor(hostile);
  const look = blankLooks.get(html) ?? (await visit(html), await lookAt());
  blankLooks.set(html, look);
  return look;
}

async function lookAt(): Promise<Look> {
  const launcher = await stage.visitor.steady('button', 'Talk to us');
  const closed = await stage.driver.screenshot();
  await stage.visitor.press('button', 'Talk to us');
  await stage.visitor.steady('button', 'Close');
  const panel = await stage.visitor.steady('[role=dialog]');
  return { closed, open: await stage.driver.screenshot(), launcher, panel };
}

/** The engine itself reads its pictures, on a page that leaves it alone. */
async function differingShare(
  pictures: readonly Buffer[],
  where: 'inside' | 'outside',
  box: Box,
): Promise<number> {
  return stage.driver.run(compare, {
    pictures: pictures.map((picture) => picture.toString('base64')),
    where,
    box,
    tolerance: CHANNEL_TOLERANCE,
  });
}

for (const hostile of HOSTILE_PAGES) {
  test(`${hostile.name}: looks as on a blank page, leaves the page alone, works`, async ({ skip }) => {
    skip(
      hostile.name.startsWith('arrays and objects'),
      'The driver’s own scripts do not survive in this page',
    );
    const blank = await lookOnBlank(hostile);
    await visit(htmlOf(hostile, null));
    const alone = await stage.driver.screenshot();
    await visit(htmlOf(hostile));
    if (hostile.reveal) {
      await expect
        .poll(() => stage.driver.run(() => customElements.get('osmtalk-widget') !== undefined))
        .toBe(true);
      await stage.driver.run(hostile.reveal);
    }
    const look = await lookAt();
    expect(look.launcher).toEqual(blank.launcher);
    expect(look.panel).toEqual(blank.panel);

    await stage.chat('Hello', 'Nice to hear from you');
    await stage.visitor.key('Escape');
    await expect.poll(() => stage.visitor.count('[role=dialog]')).toBe(0);
    expect(await stage.visitor.focused()).toBe('button Talk to us');
    expect(await stage.errors()).toEqual([]);

    await stage.visit('');
    expect(await differingShare([look.closed, blank.closed], 'inside', CORNER)).toBeLessThan(SMALL_SHARE);
    // WebKitGTK paints the half of the panel on a page from top to bottom, and the rest with the next frame.
    if (ENGINE !== 'webkit' || hostile.name !== 'a page from top to bottom')
      expect(await differingShare([look.open, blank.open], 'inside', look.panel)).toBeLessThan(SMALL_SHARE);
    expect(
      await differingShare([look.closed, alone], 'outside', { ...CORNER, width: 220, height: 100 }),
    ).toBeLessThan(SMALL_SHARE);
  });
}
