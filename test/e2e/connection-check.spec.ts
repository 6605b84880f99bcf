import { chromium, type Page } from '@playwright/test';
import { expect, test } from '../support/backend-fixture.js';
import { chromiumArguments, requireChromium, speakingMicrophone } from '../support/chromium.js';
import { WidgetPage } from '../support/widget-page.js';

const TRANSPORTS = [
  { name: 'LiveKit', key: 'osm_demo' },
  { name: 'plain WebRTC', key: 'osm_webrtc' },
];

/** All of it, from the press to the last word, on a machine that does other things too. */
const AT_MOST_MS = 10_000;

test.use({ permissions: ['microphone'], timings: { noSoundMs: 1_500, joinWindowMs: 15_000, sweepMs: 500 } });

/** A call that fails in a way for which the card offers the check. */
async function failACall(widget: WidgetPage, attributes: Record<string, string> = {}): Promise<void> {
  await widget.visitAndOpen({ 'agent-id': 'agent_missing_record', ...attributes });
  await widget.startCall();
  await widget.reached('failed');
  await expect(widget.card).toBeVisible();
}

function line(page: Page, check: string) {
  return page.locator(`li[data-check=${check}]`);
}

/** Presses the button and waits for the last word. */
async function runCheck(widget: WidgetPage, button = 'Check your connection'): Promise<number> {
  const pressed = Date.now();
  await widget.button(button).click();
  await expect(widget.page.getByRole('heading', { name: 'Connection check' })).toBeVisible();
  await expect(widget.page.getByText('Check finished.')).toBeVisible({ timeout: AT_MOST_MS });
  return Date.now() - pressed;
}

async function expectNothingOpen(widget: WidgetPage): Promise<void> {
  await expect.poll(() => widget.liveTracks()).toBe(0);
  await expect.poll(() => widget.openLinks()).toBe(0);
  await expect.poll(() => widget.backend.liveCalls.count()).toBe(0);
}

/** It comes up, and soon ends by itself, as the first one did. */
async function expectSecondCall(widget: WidgetPage): Promise<void> {
  await expect.poll(() => widget.details('osmtalk-call-connected')).toHaveLength(2);
  await expect.poll(() => widget.details('osmtalk-call-end')).toHaveLength(2);
  await expectNothingOpen(widget);
}

for (const { name, key } of TRANSPORTS) {
  test(`${name}: all is well, by a real call, within 10 s; nothing stays open`, async ({ widget }) => {
    await failACall(widget, { 'api-key': key, audience: 'tester' });
    const connects = widget.connectRequests();
    expect(await runCheck(widget)).toBeLessThan(AT_MOST_MS);
    await expect(widget.page.getByText('Everything works')).toBeVisible();
    for (const check of ['microphone', 'speaker', 'api', 'signalling', 'media', 'quality']) {
      await expect(line(widget.page, check)).toHaveAttribute('data-state', 'passed');
    }
    await expect(line(widget.page, 'media')).toContainText('protocol udp, localCandidateType host');
    await expect(line(widget.page, 'quality')).toContainText(/packetsSent \d{2,}/);
    expect(widget.connectRequests()).toBe(connects + 1);
    await expectNothingOpen(widget);
    // It is no call of the visitor's.
    expect(await widget.details('osmtalk-call-start')).toHaveLength(1);
    expect(await widget.details('osmtalk-call-end')).toHaveLength(1);

    await widget.button('Close the check').click();
    await expect(widget.card).toBeVisible();
    expect(widget.pageErrors).toEqual([]);
  });
}

// What is measured is the browser's, and the same for both transports.
test('LiveKit: a network without UDP is named, and what to do about it', async ({ backend }) => {
  test.slow();
  const browser = await chromium.launch({
    executablePath: requireChromium(),
    args: [
      ...chromiumArguments,
      ...speakingMicrophone,
      '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    ],
  });
  try {
    const context = await browser.newContext({ permissions: ['microphone'] });
    const widget = await WidgetPage.prepare(await context.newPage(), backend);
    await widget.visitAndOpen({ 'api-key': 'osm_demo' });
    await widget.button('Start a call').click();
    await widget.reached('failed');
    expect(await runCheck(widget)).toBeLessThan(AT_MOST_MS);
    await expect(line(widget.page, 'signalling')).toHaveAttribute('data-state', 'passed');
    await expect(line(widget.page, 'media')).toHaveAttribute('data-state', 'failed');
    await expect(line(widget.page, 'media')).toContainText('Try another network');
    await expect(line(widget.page, 'quality')).toHaveAttribute('data-state', 'unknown');
    await expectNothingOpen(widget);
  } finally {
    await browser.close();
  }
});

test('a WebSocket that is blocked on the way', async ({ widget }) => {
  await failACall(widget);
  await widget.page.routeWebSocket(/\/rtc/, (socket) => socket.close());
  expect(await runCheck(widget)).toBeLessThan(AT_MOST_MS);
  await expect(line(widget.page, 'api')).toHaveAttribute('data-state', 'passed');
  await expect(line(widget.page, 'signalling')).toHaveAttribute('data-state', 'failed');
  await expect(line(widget.page, 'media')).toHaveAttribute('data-state', 'unknown');
  await expect.poll(() => widget.liveTracks()).toBe(0);
});

test('an API that cannot be reached', async ({ widget }) => {
  await failACall(widget);
  await widget.page.route(
    (url) => url.pathname === '/' || url.pathname.startsWith('/api/'),
    (route) => route.abort('connectionrefused'),
  );
  expect(await runCheck(widget)).toBeLessThan(AT_MOST_MS);
  await expect(line(widget.page, 'api')).toHaveAttribute('data-state', 'failed');
  await expect(line(widget.page, 'signalling')).toHaveAttribute('data-state', 'failed');
  await expect(
    widget.page.getByText('This needs your attention: Our service and Starting a call.'),
  ).toBeVisible();
});

test('a microphone that was taken back: the card’s own words, and no call', async ({ widget, context }) => {
  await failACall(widget);
  const connects = widget.connectRequests();
  await context.clearPermissions();
  await runCheck(widget);
  await expect(line(widget.page, 'microphone')).toHaveAttribute('data-state', 'failed');
  await expect(line(widget.page, 'signalling')).toHaveAttribute('data-state', 'unknown');
  expect(widget.connectRequests()).toBe(connects);

  await context.grantPermissions(['microphone']);
  await runCheck(widget, 'Run again');
  await expect(line(widget.page, 'microphone')).toHaveAttribute('data-state', 'passed');
});

test('closed in the middle, a call starts at once', async ({ widget }) => {
  await failACall(widget);
  await widget.button('Check your connection').click();
  await expect(line(widget.page, 'media')).toHaveAttribute('data-state', 'passed');
  await widget.button('Close the check').click();
  await widget.button('Try again').click();
  await expectSecondCall(widget);
});

test('a call that is started in the middle ends the check', async ({ widget }) => {
  await failACall(widget);
  await widget.button('Check your connection').click();
  await expect(line(widget.page, 'media')).toHaveAttribute('data-state', 'passed');
  await widget.element.evaluate((element) =>
    (element as HTMLElementTagNameMap['osmtalk-widget']).startCall(),
  );
  await expect(widget.page.getByRole('heading', { name: 'Connection check' })).toHaveCount(0);
  await expectSecondCall(widget);
});

test('a call in another tab: it says so, and does not disturb it', async ({ widget, context, backend }) => {
  await failACall(widget);
  const other = await WidgetPage.prepare(await context.newPage(), backend);
  await other.visitAndOpen({ 'agent-id': 'agent_echo' });
  await other.startCall();
  await widget.button('Check your connection').click();
  await expect(widget.page.getByText('A call is running in this browser')).toBeVisible();
  expect(await widget.liveTracks()).toBe(0);
  expect(await other.liveTracks()).toBe(1);
  await other.button('End call').click();
});
