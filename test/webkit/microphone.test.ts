import { resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { htmlPage, type Site, startSite } from '../engines/site.js';
import { openPlainWindow, type PlainWindow } from './plain-window.js';
import type { WindowOptions } from './webkit.js';

/**
 * The browser's own question for the microphone, with real presses. As in Safari, a refusal is forgotten with the page, and
 * the question is asked again, but only for a request that comes with a press. WebKitGTK has no WebRTC: what comes after the
 * microphone is a stub that never connects.
 */
let site: Site;
let open: PlainWindow | undefined;

beforeAll(async () => {
  site = await startSite();
});

afterEach(async () => {
  await open?.close();
  open = undefined;
});

afterAll(() => site.close());

/** A window with the panel open, and the call started by a press. */
async function startCall(options: WindowOptions & { mock?: 0 | 1 }): Promise<PlainWindow> {
  const page = site.page(
    htmlPage(`<script async src="${site.cdn}/osmtalk-widget.js"></script>
<osmtalk-widget agent-id="agent_receptionist" api-key="osm_demo" base-url="${site.backend.url}" persist="none"></osmtalk-widget>`),
  );
  open = await openPlainWindow(page, { ...options, scripts: [resolve(import.meta.dirname, 'stub-rtc.js')] });
  await open.press('Talk to us');
  await open.press('Start a call');
  return open;
}

const connects = (): number => site.backend.requests().filter(({ path }) => path.endsWith('/connect')).length;

test('refused: the card says so, and no call was made', async () => {
  const before = connects();
  const window = await startCall({ mic: 'deny' });
  await expect.poll(() => window.card()).not.toBe('');
  expect(window.prompts()).toBe(1);
  expect(window.card()).toMatch(/microphone/i);
  expect(connects()).toBe(before);
});

test('refused, then “Try again”: the browser asks again, as often as one tries, and a yes starts the call', async () => {
  const before = connects();
  const window = await startCall({ mic: 'deny' });
  await expect.poll(() => window.card()).not.toBe('');
  await window.press('Try again');
  await expect.poll(() => window.prompts()).toBe(2);
  await expect.poll(() => window.card()).not.toBe('');
  expect(connects()).toBe(before);
  await window.answerWith('allow');
  await window.press('Try again');
  await expect.poll(() => window.prompts()).toBe(3);
  await expect.poll(connects).toBe(before + 1);
});

test('allowed: one question, one call', async () => {
  const before = connects();
  const window = await startCall({ mic: 'allow' });
  await expect.poll(connects).toBe(before + 1);
  expect(window.prompts()).toBe(1);
});

test('none on this machine: the card says so, and no call was made', async () => {
  const before = connects();
  const window = await startCall({ mic: 'allow', mock: 0 });
  await expect.poll(() => window.card()).toMatch(/no microphone/i);
  expect(connects()).toBe(before);
});
