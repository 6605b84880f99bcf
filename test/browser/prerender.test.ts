import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { importPanel } from '../../src/element/import-panel.js';
import { json, mountWidget } from './mount-widget.js';

/** What Chromium says to a page that it prepares for a visitor who may never come. Headless, it prepares none. */
function prepare(prerendering: boolean): void {
  Object.defineProperty(document, 'prerendering', { configurable: true, value: prerendering });
}

afterEach(() => void Reflect.deleteProperty(document, 'prerendering'));

test('a teaser that a prepared page asks for shows when the page is visited', async () => {
  await importPanel();
  prepare(true);
  const { element, details } = mountWidget({ teaser: 'Hello?', teaserAfter: '0' });
  element.showTeaser('Welcome back');
  const whenIdle = globalThis.requestIdleCallback ?? requestAnimationFrame;
  await new Promise<unknown>((resolve) => whenIdle(() => whenIdle(resolve)));
  expect(element.shadowRoot?.querySelector('[part=teaser]')).toBeNull();
  prepare(false);
  document.dispatchEvent(new Event('prerenderingchange'));
  await expect.element(page.getByRole('button', { name: 'Welcome back' })).toBeVisible();
  expect(details('osmtalk-teaser')).toEqual([{ action: 'shown' }]);
});

test('a page that is only prepared: no panel, no request, no microphone, whatever is called; visited, all of it', async () => {
  // Else nothing could come of it so soon, prepared or not.
  await importPanel();
  prepare(true);
  const send = vi.fn<typeof fetch>(() =>
    Promise.resolve(json({ reply: 'Hello', features: ['voice', 'chat'] })),
  );
  const microphone = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
  const { element, details } = mountWidget({ apiKey: undefined, fetch: send });
  element.open = true;
  void element.startCall();
  void element.sendMessage('Hello');
  // Not in WebKit.
  const whenIdle = globalThis.requestIdleCallback ?? requestAnimationFrame;
  await new Promise<unknown>((resolve) => whenIdle(() => whenIdle(resolve)));
  expect(element.shadowRoot?.querySelector('[part=panel]')).toBeNull();
  expect(element.shadowRoot?.querySelector('link')).toBeNull();
  expect(send).not.toHaveBeenCalled();
  expect(microphone).not.toHaveBeenCalled();
  expect(details('osmtalk-call-start')).toEqual([]);

  prepare(false);
  document.dispatchEvent(new Event('prerenderingchange'));
  await expect.element(page.getByRole('dialog')).toBeVisible();
  await expect.poll(() => send.mock.calls.length).toBeGreaterThan(1);
  await expect.poll(() => details('osmtalk-call-start')).toHaveLength(1);
  await element.endCall();
  microphone.mockRestore();
});
