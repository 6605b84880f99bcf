import axe from 'axe-core';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { mountWidget, openPanel } from './mount-widget.js';

afterEach(() => page.viewport(1280, 720));

const panelRect = ({ shadowRoot }: OsmtalkWidget): DOMRect =>
  shadowRoot?.querySelector('.panel')?.getBoundingClientRect() ?? new DOMRect();

const margins = (): number[] => {
  const { marginLeft, marginRight } = getComputedStyle(document.documentElement);
  return [parseFloat(marginLeft), parseFloat(marginRight)];
};

async function open(properties: Partial<OsmtalkWidget> = {}): Promise<OsmtalkWidget> {
  const { element } = mountWidget({ layout: 'side', ...properties });
  await openPanel();
  return element;
}

test('the panel has the full height of a wide window, and the page ends beside it', async () => {
  await page.viewport(1280, 720);
  const element = await open();
  await expect.poll(() => margins()[1]).toBeGreaterThan(300);
  const { left, right, top, bottom, width } = panelRect(element);
  expect([right, top, bottom]).toEqual([1280, 0, 720]);
  expect(margins()).toEqual([0, width]);
  expect(document.body.getBoundingClientRect().right).toBeLessThanOrEqual(left);
  const launcher = element.shadowRoot?.querySelector('[part=launcher]') as HTMLElement;
  expect(getComputedStyle(launcher).visibility).toBe('hidden');
  const { violations } = await axe.run(element);
  expect(violations.map(({ id }) => id)).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.poll(margins).toEqual([0, 0]);
  expect(element.shadowRoot?.activeElement).toBe(launcher);
});

test('at the left where the launcher is at the left, and as wide as the site wants', async () => {
  await page.viewport(1280, 720);
  const element = await open({ placement: 'top-left' });
  element.style.setProperty('--osmtalk-width', '320px');
  await expect.poll(() => panelRect(element).width).toBe(320);
  expect(panelRect(element).left).toBe(0);
  element.close();
  element.show();
  await expect.poll(margins).toEqual([320, 0]);
});

test.each([
  [900, 700],
  [375, 667],
])('on a window of %i × %i it covers the page, and moves nothing', async (width, height) => {
  await page.viewport(width, height);
  const element = await open();
  await element.getDiagnostics();
  expect(panelRect(element).height).toBe(height);
  expect(panelRect(element).width).toBeLessThanOrEqual(width);
  expect(margins()).toEqual([0, 0]);
});

test('the page has its room back when the element goes, or has another layout', async () => {
  await page.viewport(1280, 720);
  const element = await open();
  await expect.poll(() => margins()[1]).toBeGreaterThan(300);
  element.layout = 'floating';
  await expect.poll(margins).toEqual([0, 0]);
  expect(panelRect(element).height).toBeLessThan(700);
  element.layout = 'side';
  await expect.poll(() => margins()[1]).toBeGreaterThan(300);
  element.remove();
  await expect.poll(margins).toEqual([0, 0]);
  expect(document.adoptedStyleSheets).toEqual([]);
});

test('panel and launcher have the size that the site wants', async () => {
  await page.viewport(1280, 720);
  const { element } = mountWidget();
  for (const [name, value] of [
    ['--osmtalk-launcher-size', '80px'],
    ['--osmtalk-width', '500px'],
    ['--osmtalk-height', '400px'],
  ] as const)
    element.style.setProperty(name, value);
  await openPanel();
  const launcher =
    element.shadowRoot?.querySelector('[part=launcher]')?.getBoundingClientRect() ?? new DOMRect();
  expect(launcher.height).toBe(80);
  const panel = panelRect(element);
  expect([panel.width, panel.height]).toEqual([500, 400]);
  expect(panel.bottom).toBeLessThan(launcher.top);
  // Never larger than the window.
  element.style.setProperty('--osmtalk-width', '5000px');
  element.style.setProperty('--osmtalk-height', '5000px');
  await expect.poll(() => panelRect(element).left).toBeGreaterThanOrEqual(0);
  expect(panelRect(element).top).toBeGreaterThanOrEqual(0);
});
