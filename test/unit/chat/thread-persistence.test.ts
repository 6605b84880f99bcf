import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EMPTY_RECORD, Thread } from '../../../src/chat/thread.js';
import { ThreadPersistence } from '../../../src/chat/thread-persistence.js';
import type { WidgetConfig } from '../../../src/contract/widget-config.js';
import { message } from './messages.js';
import { blockStorages, stubStorages, type FakeStorage } from '../../support/fake-storage.js';

function configOf(changes: Partial<WidgetConfig> = {}): WidgetConfig {
  return {
    agentId: 'agent_1',
    persist: 'session',
    keepCall: 'announced',
    disclosure: 'line',
    callBar: 'on',
    visual: 'aura',
    pageContext: 'off',
    carryOver: 'session',
    launcher: 'button',
    teaserRepeat: 'session',
    dataLayer: false,
    callback: false,
    baseUrl: '',
    mode: 'both',
    layout: 'floating',
    placement: 'bottom-right',
    theme: 'auto',
    audience: 'visitor',
    ...changes,
  };
}

let storages: { local: FakeStorage; session: FakeStorage };
beforeEach(() => {
  vi.useFakeTimers();
  storages = stubStorages();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A page with a conversation that is kept as `config` says. */
function openPage(config: WidgetConfig = configOf()) {
  const thread = new Thread(() => undefined);
  const keeper = new ThreadPersistence(thread);
  keeper.restore(config);
  return { thread, keeper };
}

describe('a conversation', () => {
  it.each([
    ['session', ['session']],
    ['local', ['local']],
    ['none', []],
  ] as const)('is kept where persist="%s" says', (persist, places) => {
    const { thread, keeper } = openPage(configOf({ persist }));
    thread.put(message());
    keeper.save();
    const used = (['local', 'session'] as const).filter((place) => storages[place].items.size > 0);
    expect(used).toEqual(places);
    expect(openPage(configOf({ persist })).thread.messages).toMatchObject(
      places.length > 0 ? [message()] : [],
    );
  });

  it('is not kept for nobody', () => {
    const { thread, keeper } = openPage(configOf({ agentId: undefined }));
    thread.put(message());
    keeper.save();
    expect(storages.session.items.size).toBe(0);
  });

  it('is written once for many changes in a moment', () => {
    const { thread, keeper } = openPage();
    const setItem = vi.spyOn(storages.session, 'setItem');
    for (const draft of ['H', 'He', 'Hel']) {
      thread.draft = draft;
      keeper.saveSoon();
    }
    expect(setItem).not.toHaveBeenCalled();
    vi.advanceTimersByTime(150);
    expect(setItem).toHaveBeenCalledOnce();
    expect(openPage().thread.draft).toBe('Hel');
  });

  it('is written at once when the page goes away, and not again later', () => {
    const { thread, keeper } = openPage();
    const setItem = vi.spyOn(storages.session, 'setItem');
    thread.draft = 'Hel';
    keeper.saveSoon();
    keeper.save();
    vi.advanceTimersByTime(1_000);
    expect(setItem).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not read again while nothing changes', () => {
    const { thread, keeper } = openPage();
    thread.put(message());
    keeper.save();
    thread.clear();
    keeper.restore(configOf());
    expect(thread.messages).toEqual([]);
  });

  it('stays on the page when only its place changes', () => {
    const { thread, keeper } = openPage();
    thread.put(message());
    keeper.restore(configOf({ persist: 'local' }));
    expect(thread.messages).toMatchObject([message()]);
    keeper.save();
    expect(openPage(configOf({ persist: 'local' })).thread.messages).toMatchObject([message()]);
  });

  it('is left behind when the page turns to another agent', () => {
    const { thread, keeper } = openPage();
    thread.put(message());
    thread.sessionId = 'session_1';
    keeper.saveSoon();
    keeper.restore(configOf({ agentId: 'agent_2' }));
    expect(thread.toRecord()).toEqual(EMPTY_RECORD);
    thread.put(message({ id: 'message_2' }));
    keeper.restore(configOf());
    expect(thread.toRecord()).toMatchObject({ session: { id: 'session_1' }, messages: [message()] });
  });

  it.each([
    ['another API', { baseUrl: 'https://other.example' }],
    ['a user whom the site names', { userId: 'ada' }],
  ])('is not that of %s', (_whose, changes) => {
    const { thread, keeper } = openPage();
    thread.put(message());
    thread.sessionId = 'session_1';
    expect(keeper.restore(configOf(changes))).toBe(false);
    expect(thread.toRecord()).toEqual(EMPTY_RECORD);
    expect(openPage(configOf(changes)).thread.toRecord()).toEqual(EMPTY_RECORD);
    expect(openPage().thread.sessionId).toBe('session_1');
  });

  it('lives as long as the page where storage is blocked', () => {
    blockStorages();
    const { thread, keeper } = openPage();
    thread.put(message());
    expect(() => keeper.save()).not.toThrow();
    expect(thread.messages).toHaveLength(1);
    expect(openPage().thread.messages).toEqual([]);
  });
});

describe('a user whom the site has named', () => {
  const ada = configOf({ persist: 'local', userId: 'ada' });
  const others = [
    ['another', configOf({ persist: 'local', userId: 'bob' })],
    ['nobody', configOf({ persist: 'local' })],
  ] as const;
  const kept = (): string => [...storages.local.items, ...storages.session.items].join();

  function adaWrites() {
    const page = openPage(ada);
    page.thread.put(message({ text: 'my PIN is 4711' }));
    page.thread.sessionId = 'session_of_ada';
    page.thread.draft = 'and my';
    page.keeper.save();
    return page;
  }

  it('is not to be read from the key', () => {
    adaWrites();
    expect(kept()).toContain('4711');
    expect([...storages.local.items.keys()].join()).not.toContain('ada');
  });

  it.each(others)('gives way to %s on the page, and leaves nothing behind', (_who, next) => {
    const { thread, keeper } = adaWrites();
    expect(keeper.restore(next)).toBe(true);
    expect(thread.toRecord()).toEqual(EMPTY_RECORD);
    expect(kept()).toBe('');
    vi.advanceTimersByTime(1_000);
    expect(kept()).toBe('');
    expect(openPage(ada).thread.toRecord()).toEqual(EMPTY_RECORD);
  });

  it.each(others)('is not shown to %s on a later page', (_who, next) => {
    adaWrites();
    expect(openPage(next).thread.toRecord()).toEqual(EMPTY_RECORD);
  });

  it('is forgotten as soon as another is named, with what was said before anybody was', () => {
    const before = openPage(configOf({ persist: 'local' }));
    before.thread.put(message({ text: 'before the login' }));
    before.keeper.save();
    adaWrites();
    openPage(configOf({ persist: 'local', userId: 'bob' }));
    expect(kept()).toBe('');
  });

  it('is forgotten when somebody writes whom the site does not name', () => {
    adaWrites();
    const { thread, keeper } = openPage(configOf({ persist: 'local' }));
    // A page may learn its user later than it loads.
    keeper.save();
    expect(kept()).toContain('4711');
    thread.put(message({ text: 'Hello' }));
    keeper.save();
    expect(kept()).not.toContain('4711');
  });

  it('who writes in another tab keeps what is written when a tab from before the login goes away', () => {
    const before = openPage(configOf({ persist: 'local' }));
    before.thread.put(message({ text: 'Hello' }));
    before.keeper.save();
    adaWrites();
    before.keeper.leave();
    expect(kept()).toContain('4711');
  });

  it('finds the own conversation again', () => {
    adaWrites();
    expect(openPage(ada).thread.toRecord()).toMatchObject({
      session: { id: 'session_of_ada' },
      draft: 'and my',
    });
  });
});

it('forgets all conversations with its agent, and those with others not', () => {
  for (const changes of [
    {},
    { userId: 'ada' },
    { baseUrl: 'https://other.example' },
    { agentId: 'agent_2' },
  ]) {
    const { thread, keeper } = openPage(configOf(changes));
    thread.put(message());
    keeper.save();
  }
  const { thread, keeper } = openPage();
  keeper.forget();
  expect(thread.toRecord()).toMatchObject({ messages: [], session: null, draft: '' });
  expect([...storages.session.items.keys()]).toEqual([expect.stringContaining('agent_2')]);
});
