import { afterEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { FakeTransport } from '../support/fake-transport.js';
import { json, mountWidget, openPanel } from './mount-widget.js';

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await page.viewport(1_000, 800);
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const messageBox = () => page.getByRole('textbox', { name: 'Message' });

function root(): ShadowRoot {
  const shadowRoot = document.querySelector('osmtalk-widget')?.shadowRoot;
  if (!shadowRoot) throw new Error('There is no widget');
  return shadowRoot;
}

function find(selector: string): HTMLElement {
  const found = root().querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}

/** How much of it is cut off by the window, or by what the keyboard leaves of it. */
function cutOff(element: Element, height = innerHeight): number {
  const { top, bottom, left, right } = element.getBoundingClientRect();
  return Math.max(-top, bottom - height, -left, right - innerWidth, 0);
}

/** What is left of the screen; no keyboard comes up in a test browser. */
class FakeView extends EventTarget {
  scale = 1;
  offsetTop = 0;
  height = innerHeight;
  leave(height: number): void {
    this.height = height;
    this.dispatchEvent(new Event('resize'));
  }
}

function mountWithCalls(answer: () => Response, properties: Partial<OsmtalkWidget> = {}) {
  const transport = new FakeTransport();
  return mountWidget({ transports: [transport.loader], fetch: async () => answer(), ...properties });
}

const connected = (): Response => json({ callId: 'c1', transport: 'fake' });
const noCredit = (): Response => json({ error: 'no credit' }, 402);

const LANDSCAPE = [
  [568, 320],
  [844, 390],
] as const;

describe.each(LANDSCAPE)('a phone on its side, %i × %i', (width, height) => {
  test('in a call with the sound settings open the message box is in sight, and all else can be scrolled to', async () => {
    await page.viewport(width, height);
    const { element } = mountWithCalls(connected);
    await openPanel();
    await button('Start a call').click();
    await expect.element(button('Mute')).toBeVisible();
    find('.devices summary').click();
    await expect.poll(() => find('details').hasAttribute('open')).toBe(true);
    for (const control of [messageBox(), button('End call')])
      await expect.poll(() => cutOff(control.element())).toBe(0);
    find('#osmtalk-volume').scrollIntoView({ block: 'nearest' });
    expect(cutOff(find('#osmtalk-volume'))).toBe(0);
    expect(cutOff(messageBox().element())).toBe(0);
    await element.endCall();
  });

  test.each(['visitor', 'tester'] as const)(
    'a failure card for a %s shows a way on, and the message box',
    async (audience) => {
      await page.viewport(width, height);
      mountWithCalls(noCredit, { audience });
      await openPanel();
      await button('Start a call').click();
      await expect.element(page.getByRole('alert')).toBeVisible();
      await expect.poll(() => cutOff(messageBox().element())).toBe(0);
      const card = find('[part=failure-card]').getBoundingClientRect();
      const way = find('.actions button').getBoundingClientRect();
      expect(way.bottom).toBeLessThanOrEqual(card.bottom);
      expect(card.bottom).toBeLessThanOrEqual(messageBox().element().getBoundingClientRect().top);
      // The card has the ways on.
      expect(root().querySelector('[data-action=start-call]')?.getClientRects().length ?? 0).toBe(0);
    },
  );

  test('a keyboard leaves the message box in sight, whatever stands above it', async () => {
    await page.viewport(width, height);
    const view = new FakeView();
    vi.stubGlobal('visualViewport', view);
    mountWithCalls(noCredit);
    await openPanel();
    (messageBox().element() as HTMLElement).focus();
    view.leave(130);
    await expect.poll(() => cutOff(messageBox().element(), 130)).toBe(0);
    expect(root().activeElement).toBe(messageBox().element());
    view.leave(height);
    await expect.poll(() => button('Close').element().getClientRects().length).toBe(1);
    expect(cutOff(button('Close').element())).toBe(0);
  });
});

test.each([
  [320, 568, 308],
  [568, 320, 130],
])(
  'what is wrong with a phone number is in sight above the keyboard: %i × %i, %i free',
  async (width, height, free) => {
    await page.viewport(width, height);
    const view = new FakeView();
    vi.stubGlobal('visualViewport', view);
    mountWidget({ callback: true, phoneNumberId: 'phone_1' });
    await openPanel();
    await button('Call me').click();
    const phone = page.getByRole('textbox', { name: 'Your phone number' });
    await expect.poll(() => root().activeElement?.id).toBe('osmtalk-callback-phone');
    view.leave(free);
    await phone.fill('12');
    (phone.element() as HTMLInputElement).form?.requestSubmit();
    await expect.poll(() => root().querySelector('.callback-fault')?.textContent).toBeTruthy();
    // WebKit scrolls by whole pixels.
    await expect.poll(() => cutOff(find('.callback-fault'), free)).toBeLessThan(2);
  },
);

test.each([390, 1_000])('a drag on the panel does not scroll the page behind it, %i wide', async (width) => {
  await page.viewport(width, 800);
  mountWidget();
  await openPanel();
  expect(getComputedStyle(find('.panel')).overscrollBehaviorY).toBe('contain');
});

test('the fields of the sound settings are large enough for a phone not to zoom in on them', async () => {
  await page.viewport(390, 800);
  const { element } = mountWithCalls(connected);
  await openPanel();
  await button('Start a call').click();
  await expect.element(button('Mute')).toBeVisible();
  find('.devices summary').click();
  for (const select of root().querySelectorAll('select')) {
    expect(parseFloat(getComputedStyle(select).fontSize)).toBeGreaterThanOrEqual(16);
    expect(select.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
  }
  await element.endCall();
});

test('where a page cannot set the volume, no slider says that it can', async () => {
  vi.spyOn(HTMLMediaElement.prototype, 'volume', 'set').mockImplementation(() => undefined);
  const { element } = mountWithCalls(connected);
  await openPanel();
  await button('Start a call').click();
  await expect.element(button('Mute')).toBeVisible();
  find('.devices summary').click();
  await expect.element(page.getByRole('combobox', { name: 'Microphone' })).toBeVisible();
  expect(root().querySelector('input[type=range]')).toBeNull();
  await element.endCall();
});

test.each([
  [320, 'en'],
  [390, 'de'],
  [390, 'ar'],
])('the five stars stand in one row: %i px, %s', async (width, lang) => {
  await page.viewport(width, 700);
  const { element } = mountWidget({ lang, fetch: async () => json({ reply: 'Yes.', sessionId: 's' }) });
  element.show();
  await element.sendMessage('Hello');
  await expect.element(page.getByText('Yes.')).toBeVisible();
  find('header button').click();
  await expect.poll(() => root().querySelectorAll('.star').length).toBe(5);
  const stars = [...root().querySelectorAll('.star')].map((each) => each.getBoundingClientRect());
  expect(new Set(stars.map(({ top }) => top)).size).toBe(1);
  expect(stars.every(({ left, right }) => left >= 0 && right <= width)).toBe(true);
});

test('in a right-to-left panel, text of another direction keeps its own', async () => {
  const { element } = mountWidget({
    lang: 'ar',
    starters: ['What are your opening hours?'],
    fetch: async () => json({ reply: 'We open at nine.\n\n- at the front\n- at the back', sessionId: 's' }),
  });
  element.show();
  await expect.poll(() => root().querySelector('.starter')?.textContent).toContain('hours?');
  const text = document.createNodeIterator(find('.starter'), NodeFilter.SHOW_TEXT);
  let node = text.nextNode();
  while (node && !node.textContent?.includes('hours?')) node = text.nextNode();
  if (!node?.textContent) throw new Error('no text');
  const placeOf = (index: number): number => {
    const range = document.createRange();
    range.setStart(node, index);
    range.setEnd(node, index + 1);
    return range.getBoundingClientRect().left;
  };
  const start = node.textContent.indexOf('What');
  expect(placeOf(node.textContent.indexOf('?'))).toBeGreaterThan(placeOf(start));

  await element.sendMessage('Hello');
  await expect.element(page.getByText('at the back')).toBeVisible();
  for (const item of root().querySelectorAll('.message, .message li'))
    expect(getComputedStyle(item).textAlign).toBe('start');
});

test('the message box grows with its text where the browser does not do so by itself', async () => {
  const { supports } = CSS;
  vi.spyOn(CSS, 'supports').mockImplementation((...query: [string]) =>
    query.join(':').includes('field-sizing') ? false : supports.apply(CSS, query),
  );
  mountWidget({ fetch: async () => json({ reply: 'ok', sessionId: 's' }) });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('textarea { field-sizing: fixed !important }');
  await openPanel();
  root().adoptedStyleSheets = [...root().adoptedStyleSheets, sheet];
  const box = messageBox().element() as HTMLTextAreaElement;
  const height = (): number => box.getBoundingClientRect().height;
  const oneLine = height();
  await messageBox().fill('one\ntwo\nthree');
  await expect.poll(height).toBeGreaterThan(oneLine + 30);
  expect(box.scrollHeight).toBeLessThanOrEqual(box.clientHeight);
  const three = height();
  await messageBox().fill('a word that wraps '.repeat(40));
  await expect.poll(height).toBeGreaterThan(three);
  expect(box.rows).toBe(5);
  await messageBox().fill('short');
  await expect.poll(height).toBe(oneLine);
  await messageBox().fill('one\ntwo\nthree');
  await button('Send').click();
  await expect.poll(height).toBe(oneLine);
});

test('a browser that has no WebRTC is told so, and not that it is inside an app', async () => {
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'RTCPeerConnection');
  Reflect.deleteProperty(globalThis, 'RTCPeerConnection');
  try {
    const { details } = mountWithCalls(connected);
    await openPanel();
    await button('Start a call').click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('This browser cannot make calls');
    await expect.element(page.getByRole('alert')).not.toHaveTextContent('Platform-side');
    expect(details('osmtalk-failure')).toMatchObject([
      { reason: 'unsupported-transport', source: 'device', likelyBlame: 'environment', retryable: false },
    ]);
    await button('Chat instead').click();
    await expect.poll(() => root().activeElement).toBe(messageBox().element());
  } finally {
    if (descriptor) Object.defineProperty(globalThis, 'RTCPeerConnection', descriptor);
  }
});
