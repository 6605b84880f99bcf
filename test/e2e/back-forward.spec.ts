import { chromium, type Page } from '@playwright/test';
import { expect, test as base } from '../support/backend-fixture.js';
import { chromiumArguments, requireChromium, speakingMicrophone } from '../support/chromium.js';
import { scriptTag, writeSite } from '../support/page-site.js';
import { WidgetPage } from '../support/widget-page.js';

/** Playwright switches the back/forward cache off; here it is on, as it is for visitors. */
const test = base.extend({
  // oxlint-disable-next-line no-empty-pattern -- Playwright wants one, and this needs nothing.
  context: async ({}, use) => {
    const browser = await chromium.launch({
      executablePath: requireChromium(),
      args: [...chromiumArguments, ...speakingMicrophone],
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    });
    const context = await browser.newContext({ permissions: ['microphone'] });
    await use(context);
    await browser.close();
  },
});

test.use({ timings: { pageReturnMs: 20_000 } });

/** Two pages of a site; whether a page came back as it was, and what kept it from that. */
async function visit(widget: WidgetPage, settings: Record<string, string> = {}): Promise<void> {
  const page = (name: string, other: string): string =>
    `<!doctype html><html lang="en"><head><title>${name}</title>${scriptTag({ 'agent-id': 'agent_echo', ...settings })}</head>
     <body><h1>Page ${name}</h1><a href="${other}.html">To ${other}</a><script>
     addEventListener('pageshow', (event) => { window.cameBack = event.persisted; });</script></body></html>`;
  const site = writeSite({ 'one.html': page('one', 'two'), 'two.html': page('two', 'one') });
  await widget.page.goto(`${widget.backend.url}${site}/one.html`);
}

async function follow(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: `To ${name}` }).click();
  await page.getByRole('heading', { name: `Page ${name}` }).waitFor();
}

async function goBack(page: Page, name: string): Promise<void> {
  await page.goBack({ waitUntil: 'commit' });
  await page.getByRole('heading', { name: `Page ${name}` }).waitFor();
  expect(await page.evaluate(notRestored), 'reasons').toEqual([]);
  expect(await page.evaluate(() => (window as { cameBack?: boolean }).cameBack)).toBe(true);
}

function notRestored(): unknown[] {
  const [entry] = performance.getEntriesByType('navigation') as (PerformanceNavigationTiming & {
    notRestoredReasons?: { reasons?: { reason: string }[] } | null;
  })[];
  return (entry?.notRestoredReasons?.reasons ?? []).map(({ reason }) => reason);
}

async function write(widget: WidgetPage, text: string): Promise<void> {
  await widget.page.getByRole('textbox', { name: 'Message' }).fill(text);
  await widget.button('Send').click();
}

test('with the panel open on two pages, Back is at once, and the conversation is the one of both', async ({
  widget,
  page,
}) => {
  await visit(widget);
  await widget.button('Talk to us').click();
  await write(widget, 'Said on one');
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
  await follow(page, 'two');
  await widget.button('Talk to us').click();
  await expect(widget.log.getByText('Said on one', { exact: true }).first()).toBeVisible();
  await write(widget, 'Said on two');
  await expect(widget.log.getByRole('listitem')).toHaveCount(4);
  await goBack(page, 'one');
  await expect(widget.log.getByText('Said on two', { exact: true }).first()).toBeVisible();
  await write(widget, 'Said again on one');
  await expect(widget.log.getByRole('listitem')).toHaveCount(6);
  expect(widget.pageErrors).toEqual([]);
});

test('a conversation that was forgotten on the next page does not come back with the last one', async ({
  widget,
  page,
}) => {
  await visit(widget);
  await widget.button('Talk to us').click();
  await write(widget, 'Said on one');
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
  await follow(page, 'two');
  await widget.button('Talk to us').click();
  await widget.button('New conversation').click();
  await expect(widget.log.getByRole('listitem')).toHaveCount(0);
  await goBack(page, 'one');
  await expect(widget.log.getByRole('listitem')).toHaveCount(0);
});

test('in a call, Back leads to a page that offers the way back into it', async ({
  widget,
  page,
  backend,
}) => {
  await visit(widget);
  await follow(page, 'two');
  await widget.button('Talk to us').click();
  await widget.startCall();
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.001);
  const callId = await widget.callId();
  await goBack(page, 'one');
  await widget.button('Return to your call').click();
  await widget.reached('connected');
  expect(await widget.callId()).toBe(callId);
  expect(backend.calls.get(callId ?? '')?.status).toBe('in_progress');
});

test('a page that comes back after the visitor reached for a call knows the devices of now', async ({
  widget,
  page,
}) => {
  await visit(widget);
  await widget.button('Talk to us').click();
  const code = page.waitForResponse(/\/chunks\/call-[\w-]{8}\.js/);
  await widget.button('Start a call').hover();
  await (await code).finished();
  await follow(page, 'two');
  await goBack(page, 'one');
  await widget.startCall();
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.001);
  await page.evaluate(() => {
    const { mediaDevices } = navigator;
    const list = mediaDevices.enumerateDevices.bind(mediaDevices);
    mediaDevices.enumerateDevices = async () => [
      ...(await list()),
      { deviceId: 'headset', groupId: '', kind: 'audioinput', label: 'New headset', toJSON: () => ({}) },
    ];
    mediaDevices.dispatchEvent(new Event('devicechange'));
  });
  await expect(page.locator('option', { hasText: 'New headset' })).toHaveCount(1);
});

test('a frozen tab hears of all that was said meanwhile when it thaws', async ({ widget, page }) => {
  await visit(widget, { persist: 'local' });
  await widget.button('Talk to us').click();
  await write(widget, 'Before');
  await expect(widget.log.getByRole('listitem')).toHaveCount(2);
  const client = await page.context().newCDPSession(page);
  await client.send('Page.setWebLifecycleState', { state: 'frozen' });
  const other = await WidgetPage.prepare(await page.context().newPage(), widget.backend);
  await visit(other, { persist: 'local' });
  await other.button('Talk to us').click();
  await write(other, 'Meanwhile');
  await expect(other.log.getByRole('listitem')).toHaveCount(4);
  await client.send('Page.setWebLifecycleState', { state: 'active' });
  await page.bringToFront();
  await expect(widget.log.getByText('Meanwhile', { exact: true }).first()).toBeVisible();
  await write(widget, 'After');
  await expect(widget.log.getByRole('listitem')).toHaveCount(6);
});
