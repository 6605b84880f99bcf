import type { Route } from '@playwright/test';
import { speechLine } from '../../demo/backend/speech/speech-lines.js';
import { expect, test } from '../support/backend-fixture.js';
import { timeUntil } from '../support/time-until.js';
import type { WidgetPage } from '../support/widget-page.js';

/** Links of plain WebRTC that break, with servers that help to mend them and with those that do not. */

test.use({
  permissions: ['microphone'],
  timings: { longestLineMs: 2_000, turnQuietMs: 300, longestTurnMs: 2_000, callerGraceMs: 40_000 },
});

const SESSION = '**/webrtc/*/*';

async function startHearing(widget: WidgetPage): Promise<string> {
  await widget.visitAndOpen({ 'api-key': 'osm_webrtc' });
  await widget.startCall();
  await expect.poll(() => finalTexts(widget)).toContain(speechLine('welcome').text);
  return `${widget.backend.url}/api/demo/calls/${await widget.callId()}`;
}

async function finalTexts(widget: WidgetPage): Promise<string[]> {
  const entries = await widget.details('osmtalk-transcript');
  return entries.filter(({ final }) => final).map(({ text }) => text.trim());
}

/** Typed, answered, and heard. */
async function expectConversation(widget: WidgetPage): Promise<void> {
  const { heard } = await widget.energy();
  await widget.page.getByRole('textbox', { name: 'Message' }).fill('How much is a cleaning?');
  await widget.button('Send').click();
  await expect.poll(() => finalTexts(widget)).toContain(speechLine('prices').text);
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(heard + 0.01);
  expect(await widget.details('osmtalk-call-end')).toEqual([]);
}

test('a network that has changed: told within four seconds, and ICE finds the new way on the same connection', async ({
  widget,
  request,
}) => {
  const call = await startHearing(widget);
  expect(await timeUntil(widget, `${call}/change-network`, 'reconnecting')).toBeLessThan(4_000);
  await widget.reached('connected');
  expect(widget.requests.some((each) => each.startsWith('PATCH /webrtc/'))).toBe(true);
  await expectConversation(widget);
  expect(await widget.page.evaluate(() => window.seen.peers.length)).toBe(1);

  // As often as it happens.
  await request.post(`${call}/change-network`);
  await widget.reached('reconnecting');
  await widget.reached('connected');
  await widget.button('End call').click();
  await widget.reached('ended');
  expect(widget.pageErrors).toEqual([]);
});

/** Resolves to what tells how often the page asked for one. */
async function answerRestarts(
  widget: WidgetPage,
  answer: (route: Route) => Promise<void>,
): Promise<() => number> {
  let asked = 0;
  await widget.page.route(SESSION, (route) => {
    if (route.request().method() !== 'PATCH') return route.fallback();
    asked += 1;
    return answer(route);
  });
  return () => asked;
}

test('a server that knows no PATCH is asked once, and what comes back by itself goes on', async ({
  widget,
  request,
}) => {
  const asked = await answerRestarts(widget, (route) => route.fulfill({ status: 405 }));
  const call = await startHearing(widget);
  await request.post(`${call}/cut-media`, { data: { ms: 5_000 } });
  await widget.reached('reconnecting');
  await widget.reached('connected');
  await expectConversation(widget);
  expect(asked()).toBe(1);
});

test('a link that nothing brings back is given up after half a minute, as a lost connection', async ({
  widget,
  request,
}) => {
  const asked = await answerRestarts(widget, (route) => route.abort());
  const call = await startHearing(widget);
  await request.post(`${call}/change-network`);
  await widget.reached('reconnecting');
  const brokenAt = Date.now();
  await widget.reached('failed');
  const waited = Date.now() - brokenAt;
  expect(waited).toBeGreaterThan(29_000);
  expect(waited).toBeLessThan(38_000);
  expect(asked()).toBeGreaterThan(5);
  expect(await widget.details('osmtalk-call-end')).toMatchObject([
    { failure: { reason: 'connection-lost', source: 'device' } },
  ]);
  await expect.poll(() => widget.openLinks()).toBe(0);
});
