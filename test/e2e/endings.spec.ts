import type { Page } from '@playwright/test';
import { expect, test } from '../support/backend-fixture.js';
import type { WidgetPage } from '../support/widget-page.js';

type WidgetElement = HTMLElementTagNameMap['osmtalk-widget'];

test.use({ permissions: ['microphone'] });

/** Each `await` of a start at which a call can be cut, held there by something real. */
const MOMENTS: Record<string, (widget: WidgetPage) => Promise<void>> = {
  'while the browser asks for the microphone': async (widget) => {
    await widget.page.addInitScript(() => {
      const { mediaDevices } = navigator;
      const ask = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = async (constraints) => {
        // Listened for before the device opens, which may take longer than the test needs to answer.
        const answered = new Promise((resolve) => addEventListener('answered', resolve, { once: true }));
        const stream = await ask(constraints);
        await answered;
        return stream;
      };
    });
    await openAndPress(widget);
    await widget.reached('requesting-microphone');
  },
  'while connect is under way': async (widget) => {
    await widget.page.route('**/connect', () => undefined);
    const asked = widget.page.waitForRequest('**/connect');
    await openAndPress(widget);
    await asked;
  },
  'while the voice code loads': async (widget) => {
    await widget.page.route('**/livekit-transport-*.js', () => undefined);
    const answered = widget.page.waitForResponse('**/connect');
    await openAndPress(widget);
    await answered;
  },
  'while the media link comes up': async (widget) => {
    await widget.page.routeWebSocket(/\/rtc\//, () => undefined);
    const answered = widget.page.waitForResponse('**/connect');
    await openAndPress(widget);
    await answered;
  },
  'while both sides talk': async (widget) => {
    await openAndPress(widget);
    await widget.reached('connected');
    await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.001);
  },
};

/** Every way in which the page itself can end a call. */
const WAYS: Record<string, (page: Page) => Promise<void>> = {
  'the visitor ends it': (page) => page.getByRole('button', { name: 'End call' }).click(),
  'the element is removed': (page) =>
    page.locator('osmtalk-widget').evaluate((element) => {
      // Its events go no further than itself once it is out of the document.
      for (const name of ['osmtalk-call-start', 'osmtalk-call-end']) {
        element.addEventListener(name, (event) =>
          window.seen.events.push({ name, detail: (event as CustomEvent).detail }),
        );
      }
      element.remove();
    }),
  'the page hides and goes away': (page) =>
    page.evaluate(() => void dispatchEvent(new PageTransitionEvent('pagehide', { persisted: false }))),
};

for (const [moment, hold] of Object.entries(MOMENTS)) {
  for (const [way, end] of Object.entries(WAYS)) {
    test(`${moment}, ${way}: told once, and nothing stays open`, async ({ widget, page }) => {
      await hold(widget);
      await end(page);
      await expect.poll(async () => (await widget.details('osmtalk-call-end')).length).toBe(1);
      // A prompt that is answered after all opens nothing.
      await page.evaluate(() => void dispatchEvent(new Event('answered')));
      await expect.poll(() => widget.liveTracks()).toBe(0);
      await expect.poll(() => widget.openLinks()).toBe(0);
      expect(await widget.details('osmtalk-call-end')).toHaveLength(1);
      expect(widget.pageErrors).toEqual([]);
    });
  }
}

async function openAndPress(widget: WidgetPage): Promise<void> {
  await widget.visitAndOpen({ 'agent-id': 'agent_echo' });
  await widget.button('Start a call').click();
}

test('the link is gone for a minute: the call ends with connection-lost, and says what to do', async ({
  widget,
  backend,
  request,
}) => {
  test.slow();
  await widget.visitAndOpen({ 'agent-id': 'agent_echo' });
  await widget.startCall();
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.001);
  await widget.page.routeWebSocket(/\/rtc\//, (socket) => void socket.close());
  const hooks = `${backend.url}/api/demo/calls/${await widget.callId()}`;
  await request.post(`${hooks}/cut-media`, { data: { ms: 60_000 } });
  await request.post(`${hooks}/drop-websocket`);
  await widget.reached('reconnecting');
  await widget.page.waitForFunction(
    () => document.querySelector('osmtalk-widget')?.callState === 'failed',
    null,
    { timeout: 60_000 },
  );
  await expect(widget.card).toContainText('The connection was lost');
  await expect(widget.button('Try again')).toBeVisible();
  expect(await widget.details('osmtalk-call-end')).toMatchObject([
    { connected: true, failure: { reason: 'connection-lost' } },
  ]);
  expect(await widget.liveTracks()).toBe(0);
});

test('an element that is taken out before its call starts, and put back, starts one call', async ({
  widget,
}) => {
  await widget.visit();
  // What React's Strict Mode does to every element.
  await widget.element.evaluate((element) => {
    const parent = element.parentElement;
    element.remove();
    parent?.append(element);
    void (element as WidgetElement).startCall();
  });
  await widget.reached('connected');
  expect(widget.connectRequests()).toBe(1);
  expect(await widget.details('osmtalk-call-start')).toHaveLength(1);
});
