import { beforeEach, describe, expect, it } from 'vitest';
import { ThreadSync, type Channel } from '../../../src/chat/thread-sync.js';
import { Thread } from '../../../src/chat/thread.js';
import { message } from './messages.js';

/** Tabs of one site: what one posts, all others get, copied as a browser copies it. */
class Site {
  readonly tabs: EventTarget[] = [];
  letters = 0;

  open(): { thread: Thread; sync: ThreadSync; texts: () => string[] } {
    const letterBox = new EventTarget();
    const channel: Channel = {
      addEventListener: letterBox.addEventListener.bind(letterBox),
      postMessage: (data: unknown) => {
        this.letters++;
        if (this.letters > 1_000) throw new Error('the tabs talk for ever');
        for (const tab of this.tabs) if (tab !== letterBox) deliver(tab, structuredClone(data));
      },
      close: () => void this.tabs.splice(this.tabs.indexOf(letterBox), 1),
    };
    this.tabs.push(letterBox);
    const thread = new Thread(() => undefined);
    const sync = new ThreadSync(thread, channel);
    return { thread, sync, texts: () => thread.messages.map(({ text, status }) => `${text} (${status})`) };
  }
}

function deliver(tab: EventTarget, data: unknown): void {
  tab.dispatchEvent(new MessageEvent('message', { data }));
}

let site: Site;
beforeEach(() => void (site = new Site()));

describe('two tabs', () => {
  it('show the same: what one writes, the other has, once', () => {
    const [one, two] = [site.open(), site.open()];
    one.thread.put(message({ id: 'a', text: 'from one', at: 1 }));
    one.sync.publish();
    two.thread.put(message({ id: 'b', text: 'from two', at: 2 }));
    two.sync.publish();
    one.sync.publish();
    expect(one.texts()).toEqual(['from one (sent)', 'from two (sent)']);
    expect(two.texts()).toEqual(one.texts());
  });

  it('do not echo what they were told', () => {
    const [one, two] = [site.open(), site.open()];
    one.thread.put(message());
    one.sync.publish();
    const { letters } = site;
    two.sync.publish();
    one.sync.publish();
    expect(site.letters).toBe(letters);
  });

  it('follow a message through its states, whatever arrives first', () => {
    const [one, two] = [site.open(), site.open()];
    one.thread.put(message({ status: 'sending' }));
    one.sync.publish();
    const [before] = two.thread.messages;
    one.thread.patch('message_1', { status: 'sent' });
    one.sync.publish();
    expect(two.texts()).toEqual(['Hello (sent)']);
    // The older state once more, late.
    for (const tab of site.tabs)
      deliver(tab, { type: 'state', messages: [before], removed: [], session: null, clearedAt: 0 });
    expect(two.texts()).toEqual(['Hello (sent)']);
  });

  it('drop a partial reply together', () => {
    const [one, two] = [site.open(), site.open()];
    one.thread.put(message({ id: 'reply', status: 'arriving' }));
    one.sync.publish();
    one.thread.remove('reply');
    one.sync.publish();
    expect(two.texts()).toEqual([]);
  });

  it('begin a new conversation together, and neither brings the old one back', () => {
    const [one, two] = [site.open(), site.open()];
    one.thread.put(message());
    one.thread.sessionId = 'session_1';
    one.sync.publish();
    two.thread.clear();
    two.sync.publish();
    expect(one.texts()).toEqual([]);
    expect(one.thread.sessionId).toBeNull();
    one.thread.put(message({ id: 'new', text: 'again', at: one.thread.now() }));
    one.sync.publish();
    expect(two.texts()).toEqual(['again (sent)']);
  });

  it('talk in one session: the later one', () => {
    const [one, two] = [site.open(), site.open()];
    one.thread.sessionId = 'session_1';
    one.sync.publish();
    expect(two.thread.sessionId).toBe('session_1');
  });

  it('that wrote apart from each other have all of it, in the order it was written', () => {
    const one = site.open();
    one.thread.put(message({ id: 'a', text: 'first', at: 10 }));
    one.thread.put(message({ id: 'c', text: 'third', at: 30 }));
    const two = site.open();
    expect(two.texts()).toEqual(['first (sent)', 'third (sent)']);
    two.thread.merge({
      messages: [message({ id: 'b', text: 'second', at: 20 })],
      session: null,
      clearedAt: 0,
    });
    two.sync.publish();
    expect(one.texts()).toEqual(['first (sent)', 'second (sent)', 'third (sent)']);
  });
});

describe('a tab that closes', () => {
  it('leaves what it was sending to the others, to be sent again with its key', () => {
    const [one, two] = [site.open(), site.open()];
    one.thread.put(message({ status: 'sending', idempotencyKey: 'key_1' }));
    one.sync.publish();
    one.sync.leave();
    expect(two.thread.messages).toMatchObject([
      { status: 'failed', reason: 'interrupted', idempotencyKey: 'key_1' },
    ]);
    expect(site.tabs).toHaveLength(1);
  });

  it.each([
    ['a reply, which is not whole', 'chat', 'failed'],
    ['a spoken sentence', 'voice', 'sent'],
  ] as const)('leaves what had come of %s', (_what, channel, status) => {
    const [one, two] = [site.open(), site.open()];
    one.thread.put(message({ id: 'reply', role: 'agent', text: 'Good mor', status: 'arriving', channel }));
    one.sync.publish();
    one.sync.leave();
    expect(two.texts()).toEqual([`Good mor (${status})`]);
  });
});

describe('foreign letters', () => {
  it.each([
    null,
    7,
    'state',
    {},
    { type: 'state' },
    { type: 'state', messages: 'all' },
    { type: 'state', messages: [{ id: 1 }, null], removed: 'x', session: 'me', clearedAt: 'now' },
    { type: 'state', messages: [], clearedAt: Number.POSITIVE_INFINITY },
    { type: 'state', messages: [], clearedAt: 1e18 },
    { type: 'state', messages: [], session: { id: 'x'.repeat(401), at: Date.now() + 1 } },
  ])('change nothing: %j', (letter) => {
    const tab = site.open();
    tab.thread.put(message());
    tab.thread.sessionId = 'session_1';
    for (const channel of site.tabs) deliver(channel, letter);
    expect(tab.texts()).toEqual(['Hello (sent)']);
    expect(tab.thread.sessionId).toBe('session_1');
  });
});
