import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { mountWidget, openPanel } from './mount-widget.js';

afterEach(async () => {
  vi.unstubAllGlobals();
  await page.viewport(414, 896);
});

/** What is left of the screen; no keyboard comes up in a test browser. */
class FakeView extends EventTarget {
  scale = 1;
  offsetTop = 0;
  constructor(public height: number) {
    super();
  }
  leave(height: number, offsetTop = 0): void {
    Object.assign(this, { height, offsetTop });
    this.dispatchEvent(new Event('resize'));
  }
}

function panelRect(): DOMRect {
  const panel = document.querySelector('osmtalk-widget')?.shadowRoot?.querySelector('[part=panel]');
  return panel?.getBoundingClientRect() ?? new DOMRect();
}

test('on a phone the panel keeps to what the keyboard leaves free, and takes it all back', async () => {
  await page.viewport(375, 667);
  const view = new FakeView(667);
  vi.stubGlobal('visualViewport', view);
  mountWidget();
  await openPanel();
  await expect.poll(() => panelRect().height).toBe(667);
  view.leave(360, 40);
  await expect.poll(() => [panelRect().top, panelRect().height]).toEqual([40, 360]);
  const box = page.getByRole('textbox', { name: 'Message' }).element().getBoundingClientRect();
  expect(box.bottom).toBeLessThanOrEqual(400);
  // The bar of a browser that comes back is no keyboard.
  view.leave(610);
  await expect.poll(() => [panelRect().top, panelRect().height]).toEqual([0, 667]);
});

test('a visitor who zooms in is left alone, and so is the panel of a wide page', async () => {
  await page.viewport(375, 667);
  const view = new FakeView(667);
  vi.stubGlobal('visualViewport', view);
  mountWidget();
  await openPanel();
  await expect.poll(() => panelRect().height).toBe(667);
  view.scale = 2;
  view.leave(333);
  expect(panelRect().height).toBe(667);
  view.scale = 1;
  await page.viewport(1_000, 700);
  const { height } = panelRect();
  view.leave(360);
  expect(panelRect().height).toBe(height);
});
