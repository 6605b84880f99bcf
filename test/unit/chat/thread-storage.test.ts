import { describe, expect, it } from 'vitest';
import { ThreadStorage } from '../../../src/chat/thread-storage.js';
import { Thread, type ThreadRecord } from '../../../src/chat/thread.js';
import { message } from './messages.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const NOW_MS = Date.UTC(2026, 10, 21);
const record: ThreadRecord = {
  session: { id: 'session_1', at: 5 },
  messages: [message()],
  clearedAt: 0,
  draft: 'Hel',
};
const stored = { version: 2, at: NOW_MS, ...record };
const nothing: ThreadRecord = { session: null, messages: [], clearedAt: 0, draft: '' };

/** The browser's storage as far as it is used. */
function newStore() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

function setUp({ nowMs = NOW_MS } = {}) {
  const store = newStore();
  const clock = { nowMs };
  const storage = new ThreadStorage(
    'agent_1',
    () => store,
    () => clock.nowMs,
  );
  /** What is stored as if another version, page or person had written it. */
  const plant = (value: unknown) =>
    store.items.set('agent_1', typeof value === 'string' ? value : JSON.stringify(value));
  return { store, clock, storage, plant };
}

describe('a stored conversation', () => {
  it('comes back as it was', () => {
    const { storage } = setUp();
    storage.save(record);
    expect(storage.load()).toEqual(record);
  });

  it('comes back with all kinds of messages', () => {
    const messages = [
      message({ id: 'a', role: 'agent' }),
      message({ id: 'b', channel: 'voice' }),
      message({ id: 'c', status: 'failed', reason: 'offline', idempotencyKey: 'key_1' }),
    ];
    const { storage } = setUp();
    storage.save({ ...record, messages });
    expect(storage.load()?.messages).toEqual(messages);
  });

  it('is kept for each agent', () => {
    const { storage, store } = setUp();
    storage.save(record);
    expect(new ThreadStorage('agent_2', () => store).load()).toBeNull();
  });

  it('comes back with nothing but a draft', () => {
    const { storage } = setUp();
    storage.save({ ...nothing, draft: 'Hel' });
    expect(storage.load()).toMatchObject({ messages: [], draft: 'Hel' });
  });

  it('is taken away when there is nothing to keep', () => {
    const { storage, store } = setUp();
    storage.save(record);
    storage.save(nothing);
    expect(store.items.size).toBe(0);
    expect(storage.load()).toBeNull();
  });

  it.each([
    ['a week', 7 * DAY_MS, true],
    ['more than a week', 7 * DAY_MS + 1, false],
  ])('comes back after %s: %s', (_age, ageMs, comesBack) => {
    const { storage, clock } = setUp();
    storage.save(record);
    clock.nowMs += ageMs;
    expect(storage.load() !== null).toBe(comesBack);
  });

  it('is as old as its last change', () => {
    const { storage, clock } = setUp();
    storage.save(record);
    clock.nowMs += 6 * DAY_MS;
    storage.save(record);
    clock.nowMs += 6 * DAY_MS;
    expect(storage.load()).toEqual(record);
  });
});

describe('after a reload', () => {
  it.each([
    ['sending', 'failed'],
    ['arriving', 'failed'],
    ['failed', 'failed'],
    ['sent', 'sent'],
    ['arriving', 'sent', 'voice'],
  ] as const)('a message that was %s is %s', (before, after, channel: 'chat' | 'voice' = 'chat') => {
    const { storage } = setUp();
    storage.save({ ...record, messages: [message({ status: before, channel })] });
    expect(storage.load()?.messages).toMatchObject([{ status: after }]);
  });

  it('a message whose fate is unknown can be sent again with the same key, so that it is answered once', () => {
    const { storage } = setUp();
    storage.save({ ...record, messages: [message({ status: 'sending', idempotencyKey: 'key_1' })] });
    expect(storage.load()?.messages).toEqual([
      message({ status: 'failed', reason: 'interrupted', idempotencyKey: 'key_1' }),
    ]);
  });
});

describe('foreign data', () => {
  it.each([
    ['no JSON', 'Hello'],
    ['an empty text', ''],
    ['half a record', '{"version":2,"at":1'],
    ['null', 'null'],
    ['a number', 7],
    ['a list', [stored]],
    ['another version', { ...stored, version: 1 }],
    ['no version', record],
    ['no time', { ...stored, at: undefined }],
    ['a time that is none', { ...stored, at: '2026' }],
    ['no messages', { ...stored, messages: undefined }],
    ['messages that are none', { ...stored, messages: { length: 3 } }],
  ])('is left alone: %s', (_what, value) => {
    const { storage, plant } = setUp();
    plant(value);
    expect(storage.load()).toBeNull();
  });

  it.each([
    null,
    7,
    'Hello',
    [],
    {},
    { ...message(), id: 7 },
    { ...message(), text: undefined },
    { ...message(), text: { html: '<b>' } },
    { ...message(), at: 'today' },
    { ...message(), role: 'system' },
    { ...message(), role: 'note' },
    { ...message(), note: 'call-ended' },
    { ...message(), role: 'note', note: 'call-made-up' },
    { ...message(), rev: 'many' },
    { ...message(), rev: 1e300 },
    { ...message(), rev: 0.5 },
    { ...message(), seconds: {} },
    { ...message(), idempotencyKey: 7 },
    { ...message(), reason: ['x'] },
    { ...message(), at: Number.NaN },
    { ...message(), at: 1e300 },
    { ...message(), seconds: -1 },
    { ...message(), channel: 'fax' },
    { ...message(), status: 'lost' },
    { ...message(), status: undefined },
  ])('is not taken for a message: %j', (foreign) => {
    const { storage, plant } = setUp();
    plant({ ...stored, messages: [foreign, message({ id: 'ours' })] });
    expect(storage.load()?.messages).toEqual([message({ id: 'ours' })]);
  });

  it('is not taken for session or draft', () => {
    const { storage, plant } = setUp();
    plant({ ...stored, session: { id: 7, at: 1 }, clearedAt: 'never', draft: { text: 'x' } });
    expect(storage.load()).toEqual({ session: null, messages: [message()], clearedAt: 0, draft: '' });
  });
});

describe('a time that is still to come', () => {
  const soon = NOW_MS + 30_000;
  const never = [NOW_MS + 3_600_000, 8.64e15, 1e18, 1e300];

  it.each(never)('as that of a clearing does not lose what is written from now on: %d', (clearedAt) => {
    const { storage, plant } = setUp();
    plant({ ...stored, clearedAt });
    expect(storage.load()?.clearedAt).toBe(0);
  });

  it.each(never)('as that of a session does not pin it: %d', (at) => {
    const { storage, plant } = setUp();
    plant({ ...stored, session: { id: 'theirs', at } });
    const thread = new Thread(() => undefined);
    thread.restore(storage.load() ?? nothing);
    thread.merge({ messages: [], session: { id: 'ours', at: NOW_MS + 1 }, clearedAt: 0 });
    expect(thread.sessionId).toBe('ours');
  });

  it.each(never.slice(0, 2))(
    'as that of a message does not make the next clearing one for ever: %d',
    (at) => {
      const { storage, plant } = setUp();
      plant({ ...stored, messages: [message({ at })] });
      const thread = new Thread(() => undefined);
      thread.restore(storage.load() ?? nothing);
      expect(thread.messages).toMatchObject([{ at: NOW_MS }]);
      thread.clear();
      expect(thread.clearedAt).toBeLessThanOrEqual(Math.max(NOW_MS, Date.now()));
    },
  );

  it.each(never)('as that of the whole does not keep it for ever: %d', (at) => {
    const { storage, plant } = setUp();
    plant({ ...stored, at });
    expect(storage.load()).toBeNull();
  });

  it('by less than clocks differ is taken as it is', () => {
    const { storage, plant } = setUp();
    plant({
      ...stored,
      at: soon,
      clearedAt: soon - 9,
      session: { id: 's', at: soon },
      messages: [message({ at: soon })],
    });
    expect(storage.load()).toMatchObject({
      clearedAt: soon - 9,
      session: { at: soon },
      messages: [{ at: soon }],
    });
  });
});

it('a session of an endless name is not sent along', () => {
  const { storage, plant } = setUp();
  plant({ ...stored, session: { id: 'x'.repeat(5_000), at: 5 } });
  expect(storage.load()?.session).toBeNull();
});

describe('storage that does not work', () => {
  const refuse = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  const full = () => {
    throw new DOMException('Full.', 'QuotaExceededError');
  };

  it.each<[string, () => ReturnType<typeof newStore> | null]>([
    ['touching it throws', refuse],
    ['it is not there', () => null],
    ['reading throws', () => ({ ...newStore(), getItem: refuse })],
    ['it is full', () => ({ ...newStore(), setItem: full })],
    ['taking away throws', () => ({ ...newStore(), removeItem: refuse })],
  ])('is no error: %s', (_what, store) => {
    const storage = new ThreadStorage('agent_1', store);
    expect(() => {
      storage.save(record);
      storage.save(nothing);
    }).not.toThrow();
    expect(storage.load()).toBeNull();
  });
});
