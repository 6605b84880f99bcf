import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EMPTY_RECORD, Thread } from '../../../src/chat/thread.js';
import { ThreadKeeper } from '../../../src/element/panel/thread-keeper.js';
import type { WidgetConfig } from '../../../src/element/widget-panel.js';
import { message } from '../chat/messages.js';
import { blockStorages, stubStorages, type FakeStorage } from './fake-storage.js';

function configOf(changes: Partial<WidgetConfig> = {}): WidgetConfig {
  return {
    agentId: 'agent_1',
    persist: 'session',
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
  const keeper = new ThreadKeeper(thread);
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

  it('lives as long as the page where storage is blocked', () => {
    blockStorages();
    const { thread, keeper } = openPage();
    thread.put(message());
    expect(() => keeper.save()).not.toThrow();
    expect(thread.messages).toHaveLength(1);
    expect(openPage().thread.messages).toEqual([]);
  });
});
