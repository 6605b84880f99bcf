import { describe, expect, it, vi } from 'vitest';
import { EMPTY_RECORD, Thread } from '../../../src/chat/thread.js';
import { message } from './messages.js';

function newThread() {
  const onChange = vi.fn<() => void>();
  const thread = new Thread(onChange);
  return { thread, onChange, ids: () => thread.messages.map(({ id }) => id) };
}

describe('a conversation', () => {
  it('begins empty', () => {
    const { thread, onChange } = newThread();
    expect(thread.toRecord()).toEqual(EMPTY_RECORD);
    expect(onChange).not.toHaveBeenCalled();
  });

  it('keeps messages in the order they came', () => {
    const { thread, ids } = newThread();
    for (const id of ['a', 'b', 'c']) thread.put(message({ id }));
    expect(ids()).toEqual(['a', 'b', 'c']);
  });

  it('replaces a message that is put again, in its place', () => {
    const { thread, ids } = newThread();
    for (const id of ['a', 'b', 'c']) thread.put(message({ id }));
    thread.put(message({ id: 'b', text: 'new' }));
    expect(ids()).toEqual(['a', 'b', 'c']);
    expect(thread.find('b')?.text).toBe('new');
  });

  it('changes only what is to be changed', () => {
    const { thread } = newThread();
    thread.put(message({ id: 'a', status: 'sending', idempotencyKey: 'key_1' }));
    thread.patch('a', { status: 'failed', reason: 'offline' });
    expect(thread.find('a')).toMatchObject(
      message({ id: 'a', status: 'failed', reason: 'offline', idempotencyKey: 'key_1' }),
    );
  });

  it('does not invent a message that is not there', () => {
    const { thread, onChange } = newThread();
    thread.patch('nobody', { status: 'sent' });
    expect(thread.messages).toEqual([]);
    expect(thread.find('nobody')).toBeUndefined();
    expect(onChange).not.toHaveBeenCalled();
  });

  it('lets a message go', () => {
    const { thread, ids } = newThread();
    for (const id of ['a', 'b', 'c']) thread.put(message({ id }));
    thread.remove('b');
    expect(ids()).toEqual(['a', 'c']);
  });

  it('has another list after every change, so that a view sees it', () => {
    const { thread } = newThread();
    thread.put(message({ id: 'a' }));
    const before = thread.messages;
    thread.patch('a', { text: 'new' });
    expect(thread.messages).not.toBe(before);
    expect(before[0]?.text).toBe('Hello');
  });

  it.each<[string, (thread: Thread) => void]>([
    ['a message', (thread) => thread.put(message())],
    ['the session', (thread) => (thread.sessionId = 'session_1')],
    ['the draft', (thread) => (thread.draft = 'Hel')],
    ['a restored record', (thread) => thread.restore({ ...EMPTY_RECORD, messages: [message()] })],
    ['its end', (thread) => thread.clear()],
  ])('tells of %s, once', (_what, change) => {
    const { thread, onChange } = newThread();
    change(thread);
    expect(onChange).toHaveBeenCalledOnce();
  });

  it('holds the last 10,000 messages', () => {
    const { thread, ids } = newThread();
    const messages = Array.from({ length: 10_000 }, (_, i) => message({ id: `m${i}` }));
    thread.restore({ ...EMPTY_RECORD, messages });
    thread.put(message({ id: 'last' }));
    expect(ids()).toHaveLength(10_000);
    expect(ids().at(0)).toBe('m1');
    expect(ids().at(-1)).toBe('last');
  });

  it('comes back as it was', () => {
    const { thread } = newThread();
    thread.put(message());
    thread.sessionId = 'session_1';
    thread.draft = 'Hel';
    const copy = newThread().thread;
    copy.restore(thread.toRecord());
    expect(copy.toRecord()).toEqual(thread.toRecord());
    expect(copy.toRecord()).toMatchObject({
      session: { id: 'session_1' },
      messages: [message()],
      draft: 'Hel',
    });
  });

  it('gives out a record that is not changed by what comes later', () => {
    const { thread } = newThread();
    thread.put(message({ id: 'a' }));
    const record = thread.toRecord();
    thread.put(message({ id: 'b' }));
    expect(record.messages).toHaveLength(1);
  });

  it('forgets everything: messages, session and draft', () => {
    const { thread } = newThread();
    thread.restore({ ...EMPTY_RECORD, session: { id: 's', at: 1 }, messages: [message()], draft: 'Hel' });
    thread.clear();
    expect(thread.toRecord()).toMatchObject({ session: null, messages: [], draft: '' });
    expect(thread.sessionId).toBeNull();
  });
});
