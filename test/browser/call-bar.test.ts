import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget, twoFrames, type Mounted } from './mount-widget.js';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const bar = () => page.getByRole('region', { name: 'Call in progress' });
const TITLE = 'The page';

beforeEach(() => void (document.title = TITLE));
afterEach(() => page.viewport(1280, 720));

/** A call whose panel has been closed. */
async function callBehindClosedPanel(
  properties: Partial<OsmtalkWidget> = {},
  record: unknown = { status: 'completed', didConnect: true },
): Promise<Mounted & { transport: FakeTransport }> {
  const transport = new FakeTransport();
  const mounted = mountWidget({
    fetch: (input) =>
      Promise.resolve(
        json(new Request(input).url.endsWith('/connect') ? { callId: 'call_1', transport: 'fake' } : record),
      ),
    transports: [transport.loader],
    ...properties,
  });
  await mounted.element.startCall();
  await expect.element(button('Mute')).toBeVisible();
  transport.emit({ type: 'agent-joined' });
  transport.hear();
  transport.emit({ type: 'agent-state', agentState: 'listening' });
  await button('Close').click();
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  return { ...mounted, transport };
}

const statusText = (element: OsmtalkWidget): string =>
  [...(element.shadowRoot?.querySelectorAll('[role=status]') ?? [])]
    .filter((each) => each.checkVisibility())
    .map((each) => each.textContent?.trim())
    .join('');

test('with the panel closed the call is seen, muted, and ended', async () => {
  const { element, transport } = await callBehindClosedPanel();
  await expect.element(bar()).toHaveTextContent('Listening');
  await expect.element(page.getByRole('timer')).toHaveTextContent(/^0:0\d$/);
  await button('Mute').click();
  await expect.element(button('Unmute')).toBeVisible();
  expect(transport.microphone?.enabled).toBe(false);
  await expect.element(bar()).toHaveTextContent('You are muted');
  await button('Unmute').click();
  expect(transport.microphone?.enabled).toBe(true);
  await button('End call').click();
  await expect.poll(() => element.callState).toBe('ended');
  await expect.element(bar()).not.toBeInTheDocument();
  await expect.element(button('Talk to us')).toBeVisible();
});

test('the keyboard reaches it after the launcher, and the focus is never lost', async () => {
  const { element } = await callBehindClosedPanel();
  const focused = (): string | undefined =>
    element.shadowRoot?.activeElement?.getAttribute('aria-label') ??
    element.shadowRoot?.activeElement?.textContent?.trim();
  expect(focused()).toBe('Talk to us');
  await userEvent.keyboard('{Tab}');
  expect(focused()).toBe('Mute');
  await userEvent.keyboard(' ');
  await expect.poll(focused).toBe('Unmute');
  await userEvent.keyboard('{Tab}');
  expect(focused()).toBe('End call');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => element.callState).toBe('ended');
  await expect.poll(focused).toBe('Talk to us');
});

test('a screen reader is told once that the call goes on, then only what is new', async () => {
  const { element, transport } = await callBehindClosedPanel();
  const said: string[] = [];
  await expect.poll(() => statusText(element)).toContain('The call goes on.');
  new MutationObserver(() => said.push(statusText(element))).observe(element.shadowRoot as ShadowRoot, {
    subtree: true,
    childList: true,
    characterData: true,
  });
  transport.emit({ type: 'agent-state', agentState: 'speaking' });
  await expect.element(bar()).toHaveTextContent('Speaking');
  expect(new Set(said)).toEqual(new Set([statusText(element)]));
  transport.emit({ type: 'reconnecting' });
  await expect.poll(() => statusText(element)).toBe('Connection is weak. Reconnecting');
});

test('held back sound can be started from it', async () => {
  const { transport } = await callBehindClosedPanel();
  transport.emit({ type: 'playback', blocked: true });
  await button('Tap to hear').click();
  expect(transport.playbackStarts).toBe(1);
  await expect.element(button('Tap to hear')).not.toBeInTheDocument();
});

test('the launcher opens the panel, and the bar gives way to it', async () => {
  const { element } = await callBehindClosedPanel();
  await button('Talk to us').click();
  await expect.element(page.getByRole('dialog')).toBeVisible();
  expect(button('Mute').elements()).toHaveLength(1);
  element.close();
  await expect.element(bar()).toBeVisible();
});

test('a call that fails behind the closed panel says so, and leads to its card', async () => {
  const record = { status: 'failed', failureReason: 'bot_startup_failed' };
  const { transport } = await callBehindClosedPanel({}, record);
  transport.emit({ type: 'disconnected', end: 'remote', detail: 'gone' });
  await button('What happened?').click();
  await expect.element(page.getByRole('alert')).toBeVisible();
  await button('Close').click();
  // It has been read.
  await expect.element(button('What happened?')).not.toBeInTheDocument();
});

test('the news of a failure can be put away', async () => {
  const record = { status: 'failed', failureReason: 'bot_startup_failed' };
  const { transport, element } = await callBehindClosedPanel({}, record);
  transport.emit({ type: 'disconnected', end: 'remote', detail: 'gone' });
  await expect.element(button('What happened?')).toBeVisible();
  await button('Close').click();
  await expect.element(button('What happened?')).not.toBeInTheDocument();
  expect(element.open).toBe(false);
  expect(element.shadowRoot?.activeElement).toHaveAttribute('part', 'launcher');
});

test("the page's title has a mark while the call is live, also when the page changes it", async () => {
  const { element } = await callBehindClosedPanel();
  expect(document.title).toBe(`● ${TITLE}`);
  document.title = 'Another view';
  await expect.poll(() => document.title, { timeout: 3_000 }).toBe('● Another view');
  await element.endCall();
  await expect.poll(() => document.title).toBe('Another view');
});

test('an element that is taken away leaves neither bar nor mark', async () => {
  const { element } = await callBehindClosedPanel();
  element.remove();
  await twoFrames();
  await expect.poll(() => document.title).toBe(TITLE);
  document.body.append(element);
  await expect.element(button('Talk to us')).toBeVisible();
  await expect.element(bar()).not.toBeInTheDocument();
});

test('call-bar="off": neither bar nor mark, and the call goes on', async () => {
  const { element } = await callBehindClosedPanel({ callBar: 'off' });
  await twoFrames();
  await expect.element(bar()).not.toBeInTheDocument();
  expect(document.title).toBe(TITLE);
  expect(element.callState).toBe('connected');
});

test("the site's own launcher stays, and the bar stands beside it", async () => {
  const own = Object.assign(document.createElement('button'), { slot: 'launcher', textContent: 'Ask Ada' });
  const { element } = await callBehindClosedPanel();
  element.append(own);
  await expect.element(button('Ask Ada')).toBeVisible();
  await expect.element(button('End call')).toBeVisible();
});

test.each([
  ['desktop', 1280, 720],
  ['phone', 320, 568],
])(
  '%s: all of it is on the screen, large enough for a finger, in every corner, also right to left',
  async (_name, width, height) => {
    await page.viewport(width, height);
    const { element, transport } = await callBehindClosedPanel();
    transport.emit({ type: 'playback', blocked: true });
    await expect.element(button('Tap to hear')).toBeVisible();
    await button('Mute').click();
    for (const lang of ['en', 'ar'])
      for (const placement of ['bottom-right', 'bottom-left', 'top-right', 'top-left'] as const) {
        element.placement = placement;
        element.lang = lang;
        await expect
          .poll(() =>
            element.shadowRoot?.querySelector('[part=call-bar]')?.closest('[dir]')?.getAttribute('dir'),
          )
          .toBe(lang === 'ar' ? 'rtl' : 'ltr');
        await twoFrames();
        for (const control of element.shadowRoot?.querySelectorAll(
          '[part=call-bar], [part=call-bar] button, [part=launcher]',
        ) ?? []) {
          const { left, right, top, bottom, width: wide, height: high } = control.getBoundingClientRect();
          const name = `${placement} ${lang} ${control.getAttribute('aria-label') ?? control.textContent}`;
          expect(left, name).toBeGreaterThanOrEqual(0);
          expect(top, name).toBeGreaterThanOrEqual(0);
          expect(right, name).toBeLessThanOrEqual(width);
          expect(bottom, name).toBeLessThanOrEqual(height);
          expect(Math.min(wide, high), name).toBeGreaterThanOrEqual(44);
        }
      }
  },
);

test('axe finds nothing', async () => {
  const { element } = await callBehindClosedPanel();
  await Promise.all(
    (element.shadowRoot?.getAnimations() ?? [])
      .filter((each) => each.effect?.getComputedTiming().iterations === 1)
      .map((each) => each.finished),
  );
  const { violations } = await axe.run('osmtalk-widget', {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  });
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
});
