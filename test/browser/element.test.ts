import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { OsmtalkWidget } from '../../src/element.js';
import packageJson from '../../package.json' with { type: 'json' };
import { mountWidget, openPanel } from './mount-widget.js';

test('the tag is registered with the package’s version', () => {
  expect(customElements.get('osmtalk-widget')).toBe(OsmtalkWidget);
  expect(OsmtalkWidget.version).toBe(packageJson.version);
});

test('nothing is written on the host, neither in the constructor nor when it is connected', () => {
  const { element } = mountWidget();
  expect(element.getAttributeNames()).toEqual([]);
});

test('the page is told once that the element is ready, with listeners that come after it, and not when it is moved', async () => {
  const { element } = mountWidget();
  const told = vi.fn();
  element.addEventListener('osmtalk-ready', told);
  await expect.poll(() => told.mock.calls.length).toBe(1);
  document.body.append(document.createElement('main'));
  document.querySelector('main')?.append(element);
  await element.getDiagnostics();
  expect(told).toHaveBeenCalledOnce();
});

test('methods on an element that is not connected quietly do nothing', async () => {
  const element = document.createElement('osmtalk-widget');
  element.show();
  element.close();
  element.toggle();
  element.reset();
  await Promise.all([
    element.startCall(),
    element.endCall(),
    element.mute(),
    element.unmute(),
    element.sendMessage('hello'),
  ]);
  expect(element.open).toBe(false);
  expect(element.callState).toBe('idle');
});

test('an unreadable attribute is named in one warning and counts as absent', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { element } = mountWidget();
  element.setAttribute('mode', 'telepathy');
  element.setAttribute('dynamic-variables', '{"name": ');
  expect(element.mode).toBe('both');
  expect(element.dynamicVariables).toBeUndefined();
  expect(warn.mock.calls.map(([message]) => String(message))).toEqual([
    expect.stringMatching(/<osmtalk-widget> mode=.*both, voice, chat/),
    expect.stringMatching(/<osmtalk-widget> dynamic-variables=.*JSON object/),
  ]);
  warn.mockRestore();
});

test('a missing agent-id is told once, and the page goes on', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  mountWidget({ agentId: undefined });
  await expect.element(page.getByRole('button', { name: 'Talk to us' })).toBeVisible();
  // When the page is idle: a framework may set it a moment later than it puts the element in.
  await expect.poll(() => warn.mock.calls.flat()).toEqual([expect.stringContaining('agent-id')]);
  warn.mockRestore();
});

test('Escape closes and gives the focus back to the launcher', async () => {
  const { element, details } = mountWidget();
  await openPanel();
  await expect.poll(() => element.shadowRoot?.activeElement?.getAttribute('aria-label')).toBe('Message');
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => element.shadowRoot?.activeElement?.textContent).toBe('Talk to us');
  expect(details('osmtalk-open')).toHaveLength(1);
  expect(details('osmtalk-close')).toHaveLength(1);
});

test('inline: always open, no launcher, no close button, and no focus taken from the page', async () => {
  const { element } = mountWidget({ layout: 'inline' });
  await expect.element(page.getByRole('region', { name: 'How can we help?' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Talk to us' })).not.toBeInTheDocument();
  await expect.element(page.getByRole('button', { name: 'Close' })).not.toBeInTheDocument();
  expect(document.activeElement).not.toBe(element);
});

test('inline: the owner’s own CSS sizes the box, and the panel fills it', async () => {
  const style = document.createElement('style');
  style.textContent = 'osmtalk-widget { width: 500px; height: 420px }';
  document.head.append(style);
  mountWidget({ layout: 'inline' });
  await expect.element(page.getByRole('region')).toBeVisible();
  const { width, height } = page.getByRole('region').element().getBoundingClientRect();
  expect([width, height]).toEqual([500, 420]);
  style.remove();
});

test('strings override every word; right-to-left scripts lay out right to left', async () => {
  const { element } = mountWidget({ strings: { launcher: 'تحدث معنا', startCall: 'ابدأ مكالمة' } });
  element.lang = 'ar';
  await page.getByRole('button', { name: 'تحدث معنا' }).click();
  await expect.element(page.getByRole('button', { name: 'ابدأ مكالمة' })).toBeVisible();
  await expect.element(page.getByRole('dialog')).toHaveAttribute('dir', 'rtl');
  await expect.element(page.getByRole('dialog')).toHaveAttribute('lang', 'ar');
});

test('the language of the page counts when the element has none', async () => {
  // Uyghur: not a language of ours, so the panel is in English.
  document.documentElement.lang = 'ug';
  mountWidget();
  await openPanel();
  await expect.element(page.getByRole('dialog')).toHaveAttribute('dir', 'rtl');
});

test('hostile heading, greeting, starters and avatar stay text', async () => {
  const hostile = '<img src=x onerror="window.hacked=1">';
  const hostileLink = ['javascript', 'window.hacked=1'].join(':');
  mountWidget({
    heading: hostile,
    greeting: hostile,
    starters: [hostile],
    avatarSrc: hostileLink,
    termsUrl: hostileLink,
  });
  await openPanel();
  await expect.element(page.getByRole('button', { name: hostile })).toBeVisible();
  expect(document.querySelector('osmtalk-widget')?.shadowRoot?.querySelector('img')).toBeNull();
  expect('hacked' in window).toBe(false);
});

test('the page’s styles neither reach the widget nor are reached by it', async () => {
  const style = document.createElement('style');
  style.textContent =
    '* { all: unset !important } html, osmtalk-widget { font-size: 40px !important; visibility: hidden !important }';
  document.head.append(style);
  mountWidget();
  const button = page.getByRole('button', { name: 'Talk to us' });
  await expect.element(button).toBeVisible();
  expect(getComputedStyle(button.element()).fontSize).toBe('16px');
  style.remove();
});

test('two hundred mounts leave no element and no node behind', async () => {
  const before = document.querySelectorAll('*').length;
  for (let index = 0; index < 200; index++) mountWidget().element.remove();
  expect(document.querySelectorAll('*').length).toBe(before);
});

test('who reaches for the launcher has the panel made, of which nothing is seen, told or sent before the press', async () => {
  const send = vi.fn<typeof fetch>();
  const { element, details } = mountWidget({ apiKey: undefined, fetch: send });
  await page.getByRole('button', { name: 'Talk to us' }).hover();
  await expect.poll(() => element.shadowRoot?.querySelector('[part=panel]')).not.toBeNull();
  expect(page.getByRole('dialog').query()).toBeNull();
  expect(document.activeElement).toBe(document.body);
  expect(element.open).toBe(false);
  expect(details('osmtalk-open')).toEqual([]);
  expect(send).not.toHaveBeenCalled();
});
