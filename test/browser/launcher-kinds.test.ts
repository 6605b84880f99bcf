import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget } from './mount-widget.js';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog');
const boxOf = (element: OsmtalkWidget) =>
  element.shadowRoot?.querySelector('[part=launcher]')?.getBoundingClientRect() as DOMRect;

test('launcher="icon" shows the icon alone, large enough for a finger, and keeps its name', async () => {
  const { element } = mountWidget({ launcher: 'icon' });
  await expect.element(button('Talk to us')).toBeVisible();
  await element.runPreflight();
  await expect.poll(() => Math.round(boxOf(element).width - boxOf(element).height)).toBe(0);
  expect(boxOf(element).width).toBeGreaterThanOrEqual(44);
  await button('Talk to us').click();
  await expect.element(dialog()).toBeVisible();
});

test('launcher="bar" is as wide as there is room, up to 24em', async () => {
  const { element } = mountWidget({ launcher: 'bar' });
  await element.runPreflight();
  await expect.poll(() => boxOf(element).width).toBe(24 * 16);
  await page.viewport(320, 568);
  await expect.poll(() => boxOf(element).width).toBe(320 - 2 * 1.25 * 16);
  await page.viewport(1280, 720);
});

test('launcher="none": the page opens the panel by its own button, which gets the focus back', async () => {
  const opener = document.createElement('button');
  opener.textContent = 'Ask us anything';
  const { element } = mountWidget({ launcher: 'none' });
  opener.addEventListener('click', () => element.toggle());
  document.body.prepend(opener);
  await element.runPreflight();
  await expect.element(button('Talk to us')).not.toBeInTheDocument();
  await button('Ask us anything').click();
  await expect.element(dialog()).toBeVisible();
  await page.getByRole('textbox', { name: 'Message' }).click();
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog()).not.toBeInTheDocument();
  await expect.element(button('Ask us anything')).toHaveFocus();
});

test('launcher="call-and-message": one press calls, the other writes', async () => {
  const transport = new FakeTransport();
  const { element } = mountWidget({
    launcher: 'call-and-message',
    fetch: () => Promise.resolve(json({ callId: 'call_1', transport: 'fake' })),
    transports: [transport.loader],
  });
  const write = button('Write a message');
  await expect.element(write).toHaveAttribute('aria-expanded', 'false');
  await expect.element(button('Talk to us')).not.toBeInTheDocument();
  await write.click();
  await expect.element(dialog()).toBeVisible();
  expect(element.callState).toBe('idle');
  await expect.element(write).toHaveAttribute('aria-expanded', 'true');
  await page.getByRole('textbox', { name: 'Message' }).click();
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog()).not.toBeInTheDocument();
  await expect.poll(() => element.shadowRoot?.activeElement).toBe(write.element());
  await button('Start a call').click();
  await expect.poll(() => element.callState).toBe('connected');
  await expect.element(dialog()).toBeVisible();
  await button('End call').click();
});

test.each([
  ['voice', 'Start a call', 'Write a message'],
  ['chat', 'Write a message', 'Start a call'],
] as const)('with mode="%s" there is "%s" alone', async (mode, shown, hidden) => {
  mountWidget({ launcher: 'call-and-message', mode });
  await expect.element(button(shown)).toBeVisible();
  await expect.element(button(hidden)).not.toBeInTheDocument();
});

test('changed while the page runs, and with the site’s own launcher in the slot', async () => {
  const { element } = mountWidget({ launcher: 'call-and-message' });
  await expect.element(button('Write a message')).toBeVisible();
  element.launcher = 'button';
  await expect.element(button('Talk to us')).toBeVisible();
  await expect.element(button('Write a message')).not.toBeInTheDocument();
  element.remove();
  const own = mountWidget({ launcher: 'call-and-message' });
  const slotted = document.createElement('button');
  slotted.slot = 'launcher';
  slotted.textContent = 'Our own';
  own.element.append(slotted);
  await own.element.runPreflight();
  await expect.element(button('Our own')).toBeVisible();
  await expect.element(button('Write a message')).not.toBeInTheDocument();
});

test.each([
  ['en', 'light'],
  ['ar', 'dark'],
] as const)('at 320 pixels, %s, %s: within the window, axe finds nothing', async (lang, theme) => {
  await page.viewport(320, 568);
  document.documentElement.lang = lang;
  const { element } = mountWidget({ launcher: 'call-and-message', theme });
  await expect.poll(() => element.shadowRoot?.querySelectorAll('.two-buttons button').length).toBe(2);
  for (const each of element.shadowRoot?.querySelectorAll('.two-buttons button') ?? []) {
    const { left, right, height } = each.getBoundingClientRect();
    expect([left >= 0, right <= 320, height >= 44]).toEqual([true, true, true]);
  }
  const { violations } = await axe.run(element);
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.viewport(1280, 720);
});
