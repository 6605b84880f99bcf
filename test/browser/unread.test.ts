import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { OsmtalkWidget } from '../../src/element/osmtalk-widget.js';
import { json, mountWidget, type Mounted } from './mount-widget.js';

const launcher = () => page.getByRole('button', { name: 'Talk to us' });
const badge = (element: OsmtalkWidget) =>
  element.shadowRoot?.querySelector('[part=badge]:not([hidden])')?.textContent ?? null;
const said = () => page.getByRole('status').filter({ hasText: 'New messages' });

/** A widget with an agent that answers each message, all code of the closed launcher loaded. */
async function mountReplying(properties: Partial<OsmtalkWidget> = {}): Promise<Mounted> {
  const mounted = mountWidget({
    fetch: () => Promise.resolve(json({ sessionId: 's', reply: 'An answer' })),
    ...properties,
  });
  mounted.element.showTeaser(' ');
  await mounted.element.runPreflight();
  return mounted;
}

async function replyWhileClosed({ element, details }: Mounted): Promise<void> {
  const before = details('osmtalk-message').length;
  await element.sendMessage('A question');
  await expect.poll(() => details('osmtalk-message').length).toBe(before + 2);
}

test('a reply that comes while the panel is closed is counted on the launcher, said, and read when the panel opens', async () => {
  const mounted = await mountReplying();
  const { element, details } = mounted;
  expect(element.unread).toBe(0);
  await replyWhileClosed(mounted);
  await expect.poll(() => element.unread).toBe(1);
  expect(badge(element)).toBe('1');
  await expect.element(said()).toHaveTextContent('New messages: 1');
  await replyWhileClosed(mounted);
  expect(badge(element)).toBe('2');
  // The badge is decoration: the launcher keeps its name.
  await launcher().click();
  await expect.poll(() => element.unread).toBe(0);
  expect(badge(element)).toBeNull();
  expect(details('osmtalk-unread')).toEqual([{ count: 1 }, { count: 2 }, { count: 0 }]);
});

test('a reply in the open panel, and in one that fills its own box, is read', async () => {
  const open = await mountReplying();
  open.element.show();
  await replyWhileClosed(open);
  expect(open.element.unread).toBe(0);
  open.element.remove();
  const inline = await mountReplying({ layout: 'inline' });
  await replyWhileClosed(inline);
  expect(inline.element.unread).toBe(0);
  expect([...open.details('osmtalk-unread'), ...inline.details('osmtalk-unread')]).toEqual([]);
});

test('the count is kept with the conversation: on the next page, and gone with reset()', async () => {
  const first = await mountReplying({ persist: 'session' });
  await replyWhileClosed(first);
  await expect.poll(() => first.element.unread).toBe(1);
  first.element.remove();
  const { element, details } = await mountReplying({ persist: 'session' });
  await expect.poll(() => element.unread).toBe(1);
  expect(badge(element)).toBe('1');
  element.reset();
  await expect.poll(() => element.unread).toBe(0);
  expect(badge(element)).toBeNull();
  expect(details('osmtalk-unread')).toEqual([{ count: 1 }, { count: 0 }]);
  expect(Object.keys(sessionStorage).filter((key) => key.includes('unread'))).toEqual([]);
});

test('with persist="none" it is gone with reset(), too, and nothing is stored', async () => {
  const mounted = await mountReplying();
  await replyWhileClosed(mounted);
  await expect.poll(() => mounted.element.unread).toBe(1);
  expect([...Object.keys(localStorage), ...Object.keys(sessionStorage)]).toEqual([]);
  mounted.element.reset();
  await expect.poll(() => mounted.element.unread).toBe(0);
});

test('another tab counts the same, and reading it in one tab is reading it in all', async () => {
  const here = await mountReplying({ persist: 'local' });
  const there = await mountReplying({ persist: 'local' });
  await replyWhileClosed(here);
  await expect.poll(() => there.element.unread).toBe(1);
  there.element.show();
  await expect.poll(() => here.element.unread).toBe(0);
});

test('another user of the site has another count', async () => {
  const mounted = await mountReplying({ persist: 'session', userId: 'ada' });
  await replyWhileClosed(mounted);
  await expect.poll(() => mounted.element.unread).toBe(1);
  mounted.element.userId = 'bob';
  await expect.poll(() => mounted.element.unread).toBe(0);
});

test('blocked storage and nonsense in it: no exception, no badge', async () => {
  const mounted = await mountReplying({ persist: 'session' });
  await replyWhileClosed(mounted);
  await expect.poll(() => mounted.element.unread).toBe(1);
  const key = Object.keys(sessionStorage).find((each) => each.endsWith(':unread'));
  mounted.element.remove();
  for (const nonsense of ['-3', '1e999', 'many', '{}']) {
    sessionStorage.setItem(String(key), nonsense);
    const { element } = await mountReplying({ persist: 'session' });
    expect(element.unread).toBe(0);
    element.remove();
  }
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  const { element } = await mountReplying({ persist: 'session' });
  expect(element.unread).toBe(0);
  vi.restoreAllMocks();
});
