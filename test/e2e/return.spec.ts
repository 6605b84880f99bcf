import { expect, test } from '../support/backend-fixture.js';
import type { WidgetPage } from '../support/widget-page.js';

/** A reload that the page hears of before it goes: the browser's own button looks like a closed tab. */
async function reload({ page }: WidgetPage): Promise<void> {
  const loaded = page.waitForEvent('load');
  await page.evaluate(() => location.reload());
  await loaded;
}

test.use({ permissions: ['microphone'], timings: { pageReturnMs: 20_000, callerGraceMs: 20_000 } });

const HELD_CALL = 'osmtalk:held-call';

async function talk(widget: WidgetPage, attributes: Record<string, string>): Promise<string> {
  await widget.visitAndOpen(attributes);
  await widget.startCall();
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.001);
  return (await widget.callId()) ?? '';
}

test('LiveKit: after a reload the launcher leads back into the same call, and both sides are heard again', async ({
  widget,
  backend,
}) => {
  const callId = await talk(widget, { 'agent-id': 'agent_echo' });
  await reload(widget);
  await widget.button('Return to your call').click();
  await widget.reached('connected');
  expect(await widget.callId()).toBe(callId);
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.001);
  expect(widget.connectRequests()).toBe(1);
  expect(backend.calls.get(callId)?.status).toBe('in_progress');
  await widget.button('End call').click();
  await widget.reached('ended');
  await expect.poll(() => backend.calls.get(callId)?.status).not.toBe('in_progress');
  expect(widget.pageErrors).toEqual([]);
});

test('a link within the site does not lose the call either; what is kept has no key and is read once', async ({
  widget,
}) => {
  const callId = await talk(widget, { 'agent-id': 'agent_receptionist' });
  await widget.page.evaluate(() => location.assign(`${location.href}&next`));
  await widget.button('Return to your call').waitFor();
  const kept = await widget.page.evaluate(() =>
    [Object.entries(sessionStorage), Object.entries(localStorage)].join(),
  );
  expect(kept).not.toContain(HELD_CALL);
  expect(kept).not.toContain('osm_');
  // Left once more without going back to the call: it is still there.
  await reload(widget);
  await widget.button('Return to your call').click();
  await widget.reached('connected');
  expect(await widget.callId()).toBe(callId);
});

test('a call that ended meanwhile: the same press starts a new one', async ({ widget, backend, request }) => {
  const callId = await talk(widget, { 'agent-id': 'agent_echo' });
  await reload(widget);
  await widget.button('Return to your call').waitFor();
  await request.post(`${backend.url}/api/demo/calls/${callId}/hang-up`);
  await expect.poll(() => backend.calls.get(callId)?.status).not.toBe('in_progress');
  await widget.button('Return to your call').click();
  await widget.reached('connected');
  expect(await widget.callId()).not.toBe(callId);
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.001);
});

test('LiveKit: nobody comes back, and the call ends by itself', async ({ widget, backend }) => {
  const callId = await talk(widget, { 'agent-id': 'agent_echo', 'keep-call': 'always' });
  await widget.page.close();
  await expect.poll(() => backend.calls.get(callId)?.status, { timeout: 40_000 }).not.toBe('in_progress');
});

const NOT_HELD: Record<string, Record<string, string>> = {
  'plain WebRTC cannot be returned to': { 'agent-id': 'agent_echo', 'api-key': 'osm_webrtc' },
  'nothing is kept where the site keeps nothing': { 'agent-id': 'agent_echo', persist: 'none' },
};

for (const [what, attributes] of Object.entries(NOT_HELD)) {
  test(`${what}: leaving ends the call at once`, async ({ widget, backend }) => {
    const callId = await talk(widget, attributes);
    await reload(widget);
    // Well before the server would give up waiting by itself.
    await expect.poll(() => backend.calls.get(callId)?.status, { timeout: 12_000 }).not.toBe('in_progress');
    await expect(widget.button('Talk to us')).toBeVisible();
    await expect(widget.button('Return to your call')).toHaveCount(0);
  });
}
