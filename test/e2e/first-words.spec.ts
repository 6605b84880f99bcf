import { expect, test } from '../support/backend-fixture.js';
import type { WidgetPage } from '../support/widget-page.js';

/**
 * The microphone opens before anybody hears it: what is said until then comes to an agent of LiveKit's kind as a recording.
 * Long enough for the longest pause of the tests' caller, who speaks all the time.
 */
const AGENT_COMES_AFTER_MS = 4_000;

test.use({
  permissions: ['microphone'],
  timings: { slowStartMs: AGENT_COMES_AFTER_MS, longestLineMs: 2_000 },
});

interface Sound {
  seconds: number;
  peak: number;
}

/** As the browser's own decoder has it. */
function decode({ page }: WidgetPage, sound: Uint8Array): Promise<Sound> {
  return page.evaluate(
    async (bytes) => {
      const context = new OfflineAudioContext(1, 48_000, 48_000);
      const heard = await context.decodeAudioData(new Uint8Array(bytes).buffer);
      const peak = heard.getChannelData(0).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      return { seconds: heard.duration, peak };
    },
    [...sound],
  );
}

/** All that records in the page. */
async function watchRecorders({ page }: WidgetPage): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const recorders: MediaRecorder[] = [];
    Object.assign(window, { recorders });
    window.MediaRecorder = class extends MediaRecorder {
      constructor(stream: MediaStream, options?: MediaRecorderOptions) {
        super(stream, options);
        recorders.push(this);
      }
    };
  });
  return () =>
    page.evaluate(() =>
      (window as unknown as { recorders: MediaRecorder[] }).recorders.map(({ state }) => state),
    );
}

async function callOf(widget: WidgetPage) {
  await expect.poll(() => widget.callId()).not.toBeNull();
  return widget.backend.liveCalls.get((await widget.callId()) ?? '');
}

test('LiveKit: what is said before the agent is there reaches it, and nothing is recorded any more', async ({
  widget,
}) => {
  const recorders = await watchRecorders(widget);
  await widget.visitAndOpen({ 'agent-id': 'agent_slow_start' });
  await widget.startCall();
  const call = await callOf(widget);
  await expect.poll(() => call?.firstWords?.byteLength ?? 0).toBeGreaterThan(0);
  const { seconds, peak } = await decode(widget, call?.firstWords ?? new Uint8Array());
  expect(seconds).toBeGreaterThan(AGENT_COMES_AFTER_MS / 1_000 - 0.3);
  expect(peak).toBeGreaterThan(0.05);
  expect(await recorders()).toEqual(['inactive']);
  await expect.poll(async () => (await widget.energy()).heard).toBeGreaterThan(0.001);
});

test.describe('muted before the agent is there', () => {
  // A slow machine takes seconds from connect's answer to the press, and 15 s without an agent end the call.
  test.use({ timings: { slowStartMs: 11_000, longestLineMs: 2_000 } });

  test('what was said before the visitor muted themselves stays with them', async ({ widget }) => {
    const recorders = await watchRecorders(widget);
    await widget.visitAndOpen({ 'agent-id': 'agent_slow_start' });
    await widget.startCall();
    await widget.button('Mute').click();
    expect(await recorders()).toEqual(['inactive']);
    const call = await callOf(widget);
    await expect.poll(() => widget.energy().then(({ heard }) => heard)).toBeGreaterThan(0.001);
    expect(call?.firstWords?.byteLength ?? 0).toBe(0);
  });
});

test('plain WebRTC has no place for it: nothing is recorded once the call is up', async ({ widget }) => {
  const recorders = await watchRecorders(widget);
  await widget.visitAndOpen({ 'agent-id': 'agent_slow_start', 'api-key': 'osm_webrtc' });
  await widget.startCall();
  expect(await recorders()).toEqual(['inactive']);
});

test('a call that is given up is recorded no more', async ({ widget, page }) => {
  const recorders = await watchRecorders(widget);
  await page.route('**/connect', () => undefined);
  await widget.visitAndOpen();
  await widget.button('Start a call').click();
  await expect.poll(recorders).toEqual(['recording']);
  await widget.button('End call').click();
  await expect.poll(recorders).toEqual(['inactive']);
});
