import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { mountWidget, openPanel } from './mount-widget.js';

afterEach(async () => {
  for (const style of document.head.querySelectorAll('style[data-test]')) style.remove();
  await page.viewport(1_000, 800);
});

function addStyle(css: string): void {
  const style = document.createElement('style');
  style.dataset.test = '';
  style.textContent = css;
  document.head.append(style);
}

const launcher = () => page.getByRole('button', { name: 'Talk to us' });

function launcherPlace(): number[] {
  const { right, bottom } = launcher().element().getBoundingClientRect();
  return [innerWidth - right, innerHeight - bottom].map(Math.round);
}

test.each([
  ['the body', 'body { will-change: transform; height: 4300px }'],
  ['the body by a filter', 'body { filter: contrast(.9); height: 4300px }'],
  ['the element', 'osmtalk-widget { transform: translateX(0) }'],
  ['the element, with a box of its own', 'osmtalk-widget { display: block; perspective: 100px }'],
])('the launcher is in its corner where %s is what fixed boxes are measured against', async (_what, css) => {
  addStyle(css);
  const { element } = mountWidget();
  await expect.element(launcher()).toBeVisible();
  await expect.poll(launcherPlace).toEqual([20, 20]);
  const box = document.createElement('div');
  box.className = 'moved-to';
  addStyle('.moved-to { contain: paint; height: 50px }');
  document.body.append(box);
  box.append(element);
  await expect.poll(launcherPlace).toEqual([20, 20]);
});

test('while it floats the element has no box in the page, however its layout was set', async () => {
  addStyle('body { display: flex; gap: 40px } body > * + * { border: 1px solid red; padding: 1em }');
  const { element } = mountWidget();
  await expect.element(launcher()).toBeVisible();
  expect(element.getClientRects()).toHaveLength(0);
  element.layout = 'inline';
  await expect.element(page.getByRole('region', { name: 'How can we help?' })).toBeVisible();
  expect(element.getClientRects()).toHaveLength(1);
  element.layout = 'floating';
  await expect.poll(() => element.getClientRects().length).toBe(0);
  element.setAttribute('layout', 'inline');
  await expect.poll(() => element.getClientRects().length).toBe(1);
});

test('mounted again in a window that has become a phone’s, the panel fills it', async () => {
  const first = mountWidget();
  await openPanel();
  first.element.remove();
  await page.viewport(390, 700);
  mountWidget();
  await openPanel();
  const panel = page.getByRole('dialog').element();
  await expect.poll(() => panel.getBoundingClientRect().width).toBe(390);
});
