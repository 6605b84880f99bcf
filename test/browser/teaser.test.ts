import axe from 'axe-core';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget, type Mounted } from './mount-widget.js';

const TEXT = 'Questions about delivery? Ask me.';
const bubble = () => page.getByRole('button', { name: TEXT });
const dialog = () => page.getByRole('dialog');

function mountTeaser(properties: Partial<OsmtalkWidget> = {}): Mounted {
  return mountWidget({ teaser: TEXT, teaserAfter: '0', persist: 'session', ...properties });
}

/** Resolves when a widget that came later has shown its teaser: an earlier one of the same moment has shown its own, or will not. */
async function whenDue(): Promise<void> {
  const { element } = mountTeaser({ agentId: 'agent_2', teaser: 'A later one', persist: 'none' });
  await expect.element(page.getByRole('button', { name: 'A later one' })).toBeVisible();
  element.remove();
}

test('a line beside the launcher, said once, takes no focus; a press opens the panel', async () => {
  const { element, details } = mountTeaser();
  await expect.element(bubble()).toBeVisible();
  expect(document.activeElement).toBe(document.body);
  await expect.element(page.getByRole('status').filter({ hasText: TEXT })).toHaveTextContent(TEXT);
  await bubble().click();
  await expect.element(dialog()).toBeVisible();
  await expect.element(bubble()).not.toBeInTheDocument();
  expect(element.open).toBe(true);
  expect(details('osmtalk-teaser').map(({ action }) => action)).toEqual(['shown', 'pressed']);
});

test('dismissed, it is gone for this session, and the panel stays closed', async () => {
  const first = mountTeaser();
  await expect.element(bubble()).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect.element(bubble()).not.toBeInTheDocument();
  expect(first.element.open).toBe(false);
  expect(first.element.shadowRoot?.activeElement?.textContent).toBe('Talk to us');
  expect(first.details('osmtalk-teaser').map(({ action }) => action)).toEqual(['shown', 'dismissed']);
  first.element.remove();
  const second = mountTeaser();
  await whenDue();
  expect(second.details('osmtalk-teaser')).toEqual([]);
  second.element.remove();
  // A new line is worth showing.
  const third = mountTeaser({ teaser: 'New: open on Sundays' });
  await expect.element(page.getByRole('button', { name: 'New: open on Sundays' })).toBeVisible();
  expect(third.details('osmtalk-teaser')).toEqual([{ action: 'shown' }]);
});

test.each([
  ['session', 'sessionStorage'],
  ['once', 'localStorage'],
] as const)('teaser-repeat="%s" remembers in %s, and not the words', async (teaserRepeat, storage) => {
  mountTeaser({ teaserRepeat });
  await expect.element(bubble()).toBeVisible();
  expect(globalThis[storage].getItem('osmtalk:teaser')).toMatch(/^[\da-f]{14}$/);
});

test.each([{ teaserRepeat: 'always' }, { persist: 'none' }] as const)(
  '%j stores nothing',
  async (properties) => {
    mountTeaser(properties);
    await expect.element(bubble()).toBeVisible();
    expect([...Object.keys(localStorage), ...Object.keys(sessionStorage)]).not.toContain('osmtalk:teaser');
  },
);

test('it shows on its paths alone, also when the page changes its address without being loaded anew', async () => {
  const { pathname } = location;
  const mounted = mountTeaser({ teaserOn: '/pricing /docs/*' });
  await whenDue();
  expect(mounted.details('osmtalk-teaser')).toEqual([]);
  mounted.element.remove();
  const { details } = mountTeaser({ teaserOn: `/x ${pathname.slice(0, 3)}*` });
  await expect.element(bubble()).toBeVisible();
  expect(details('osmtalk-teaser')).toEqual([{ action: 'shown' }]);
});

test('after so much was scrolled', async () => {
  const tall = document.createElement('div');
  tall.style.height = '4000px';
  document.body.append(tall);
  const { details } = mountTeaser({ teaserAfter: 'scroll:50' });
  await expect.poll(() => customElements.get('osmtalk-widget')).toBeTruthy();
  expect(details('osmtalk-teaser')).toEqual([]);
  await expect
    .poll(() => {
      scrollTo(0, 0);
      scrollTo(0, 3_000);
      return details('osmtalk-teaser');
    })
    .toEqual([{ action: 'shown' }]);
  scrollTo(0, 0);
});

test('when the mouse leaves the page at its top, and not at its side', async () => {
  const { details, element } = mountTeaser({ teaserAfter: 'exit' });
  await element.runPreflight();
  const leave = (clientY: number): boolean =>
    document.documentElement.dispatchEvent(new PointerEvent('pointerleave', { clientY }));
  leave(300);
  expect(details('osmtalk-teaser')).toEqual([]);
  await expect
    .poll(() => {
      leave(-1);
      return details('osmtalk-teaser');
    })
    .toEqual([{ action: 'shown' }]);
});

test('not for a visitor who has a conversation, nor in an open panel, nor in a call', async () => {
  const reply = { fetch: () => Promise.resolve(json({ sessionId: 's', reply: 'An answer' })) };
  const first = mountWidget({ ...reply, persist: 'session' });
  await first.element.sendMessage('A question');
  await expect.poll(() => first.details('osmtalk-message')).toHaveLength(2);
  first.element.remove();
  await expect
    .poll(() => Object.keys(sessionStorage))
    .toContainEqual(expect.stringMatching(/^osmtalk:thread:[^:]*:[^:]*:$/));
  const second = mountTeaser(reply);
  await whenDue();
  expect(second.details('osmtalk-teaser')).toEqual([]);
  second.element.remove();

  sessionStorage.clear();
  const transport = new FakeTransport();
  const third = mountTeaser({
    fetch: () => Promise.resolve(json({ callId: 'call_1', transport: 'fake' })),
    transports: [transport.loader],
    teaserAfter: '3600',
  });
  await third.element.startCall();
  await expect.poll(() => third.element.callState).toBe('connected');
  third.element.close();
  third.element.showTeaser();
  await expect.element(page.getByRole('button', { name: 'End call' })).toBeVisible();
  await expect.element(bubble()).not.toBeInTheDocument();
  expect(third.details('osmtalk-teaser')).toEqual([]);
});

test('over a modal dialog of the page it waits until that has closed', async () => {
  const modal = document.createElement('dialog');
  document.body.append(modal);
  modal.showModal();
  const { element } = mountTeaser();
  await element.runPreflight();
  element.showTeaser();
  await expect.element(bubble()).not.toBeInTheDocument();
  modal.close();
  await expect.element(bubble()).toBeVisible();
});

test('showTeaser() shows any text, as text, and hideTeaser() takes it away; the later one counts', async () => {
  const { element, details } = mountWidget();
  const hostile = '<img src=x onerror=alert(1)> 50 % off';
  element.showTeaser(hostile);
  await expect.element(page.getByRole('button', { name: hostile })).toBeVisible();
  expect(element.shadowRoot?.querySelector('[part=teaser] img')).toBeNull();
  element.hideTeaser();
  await expect.element(page.getByRole('button', { name: hostile })).not.toBeInTheDocument();
  element.showTeaser('One');
  element.hideTeaser();
  element.showTeaser('Two');
  await expect.element(page.getByRole('button', { name: 'Two' })).toBeVisible();
  expect(details('osmtalk-teaser').map(({ action }) => action)).toEqual(['shown', 'shown']);
});

test('a line that the page changes is shown, also after the one before it was dismissed', async () => {
  const { element, details } = mountTeaser();
  await expect.element(bubble()).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  element.teaser = 'Back in stock';
  await expect.element(page.getByRole('button', { name: 'Back in stock' })).toBeVisible();
  expect(details('osmtalk-teaser').map(({ action }) => action)).toEqual(['shown', 'dismissed', 'shown']);
});

test('on an element that is not in a document neither does anything', async () => {
  const element = document.createElement('osmtalk-widget');
  element.showTeaser('Too early');
  element.hideTeaser();
  document.body.append(element);
  element.showTeaser('In time');
  await expect.element(page.getByRole('button', { name: 'In time' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Too early' })).not.toBeInTheDocument();
});

test('a value that makes no sense is named, and the teaser shows after the default time', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { element } = mountTeaser({ teaserAfter: 'soon' });
  await element.runPreflight();
  await expect.poll(() => warn.mock.calls.flat().join()).toContain('teaser-after="soon"');
  vi.restoreAllMocks();
});

test('by keyboard: both buttons in order, and the panel takes the focus', async () => {
  const { element } = mountTeaser();
  await expect.element(bubble()).toBeVisible();
  const focused = (): string | null | undefined => {
    const { activeElement } = element.shadowRoot as ShadowRoot;
    return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent;
  };
  await userEvent.tab();
  await expect.poll(focused).toBe(TEXT);
  await userEvent.tab();
  await expect.poll(focused).toBe('Close');
  await userEvent.tab({ shift: true });
  await userEvent.keyboard('{Enter}');
  await expect.element(dialog()).toBeVisible();
});

test.each([
  ['a phone', 320, 'en', 'light'],
  ['right to left', 800, 'ar', 'dark'],
] as const)(
  '%s: within the window, over nothing of the launcher, axe finds nothing',
  async (_what, width, lang, theme) => {
    await page.viewport(width, 600);
    document.documentElement.lang = lang;
    const text = 'x'.repeat(60) + ' and more words than one line of a small phone can hold';
    const { element } = mountTeaser({
      teaser: text,
      theme,
      placement: lang === 'ar' ? 'top-left' : 'bottom-right',
    });
    await expect.element(page.getByRole('button', { name: text })).toBeVisible();
    const shown = element.shadowRoot?.querySelector('[part=teaser]')?.getBoundingClientRect() as DOMRect;
    const button = element.shadowRoot?.querySelector('[part=launcher]')?.getBoundingClientRect() as DOMRect;
    expect(shown.left).toBeGreaterThanOrEqual(0);
    expect(shown.right).toBeLessThanOrEqual(width);
    expect(shown.bottom <= button.top || shown.top >= button.bottom).toBe(true);
    const { violations } = await axe.run(element);
    expect(violations.map(({ id }) => id)).toEqual([]);
    await page.viewport(1280, 720);
  },
);
