import { describe, expect, it, vi } from 'vitest';
import { MessageWindow } from '../../../../src/panel/conversation/message-window.js';
import type { ThreadMessage } from '../../../../src/chat/thread-message.js';
import { message } from '../../chat/messages.js';

function conversation(count: number, last: Partial<ThreadMessage> = {}): ThreadMessage[] {
  const messages = Array.from({ length: count }, (_, i) => message({ id: `m${i}`, role: 'agent' }));
  return [...messages.slice(0, -1), { ...(messages.at(-1) as ThreadMessage), ...last }];
}

function setUp(count: number) {
  const onChange = vi.fn();
  const window = new MessageWindow(onChange);
  const drawn = (messages: readonly ThreadMessage[]) => {
    const part = window.take(messages);
    return [part[0]?.id, part.at(-1)?.id, part.length];
  };
  return { window, onChange, drawn, messages: conversation(count) };
}

describe('a long conversation', () => {
  it('is drawn from its end', () => {
    const { drawn, messages } = setUp(10_000);
    expect(drawn(messages)).toEqual(['m9940', 'm9999', 60]);
  });

  it('brings older messages as the reader goes up, and lets go of those far below', () => {
    const { window, drawn, messages } = setUp(1_000);
    drawn(messages);
    for (let scrolls = 0; scrolls < 5; scrolls++) {
      window.onScroll(false, 'start');
      drawn(messages);
    }
    expect(drawn(messages)).toEqual(['m640', 'm879', 240]);
    window.onScroll(false, 'end');
    expect(drawn(messages)).toEqual(['m700', 'm939', 240]);
  });

  it('goes up to its first message, and there it ends', () => {
    const { window, drawn, messages } = setUp(100);
    drawn(messages);
    window.onScroll(false, 'start');
    expect(drawn(messages)).toEqual(['m0', 'm99', 100]);
    window.onScroll(false, 'start');
    expect(drawn(messages)).toEqual(['m0', 'm99', 100]);
  });

  it('never holds more than 240 while it grows at its end', () => {
    const { drawn } = setUp(0);
    let most = 0;
    for (let count = 1; count < 1_000; count++) most = Math.max(most, Number(drawn(conversation(count))[2]));
    expect(most).toBe(240);
  });
});

describe('a reader further up', () => {
  it('stays there, and is told that something came', () => {
    const { window, drawn, messages, onChange } = setUp(100);
    drawn(messages);
    window.onScroll(false, null);
    expect(drawn([...messages, message({ id: 'new', role: 'agent' })])).toEqual(['m40', 'm99', 60]);
    expect(window.hasUnseen).toBe(true);
    window.toEnd();
    expect(onChange).toHaveBeenCalled();
    expect(window.hasUnseen).toBe(false);
    expect(drawn([...messages, message({ id: 'new', role: 'agent' })])).toEqual(['m41', 'new', 60]);
  });

  it('is told of a reply that grows below what they see, and not of one that is only marked as sent', () => {
    const { window, drawn, messages } = setUp(100);
    drawn(messages);
    window.onScroll(false, null);
    drawn(conversation(100, { status: 'sent' }));
    expect(window.hasUnseen).toBe(false);
    drawn(conversation(100, { text: 'longer' }));
    expect(window.hasUnseen).toBe(true);
  });

  it('is taken to the end by what they write themselves', () => {
    const { window, drawn, messages } = setUp(100);
    drawn(messages);
    window.onScroll(false, 'start');
    expect(drawn([...messages, message({ id: 'mine', role: 'user' })])).toEqual(['m41', 'mine', 60]);
    expect(window.hasUnseen).toBe(false);
    expect(window.atEnd).toBe(true);
  });

  it('who comes back to the end has seen it', () => {
    const { window, drawn, messages } = setUp(100);
    drawn(messages);
    window.onScroll(false, null);
    const more = [...messages, message({ id: 'new', role: 'agent' })];
    drawn(more);
    window.onScroll(true, 'end');
    expect(drawn(more).at(1)).toBe('new');
    window.onScroll(true, null);
    expect(window.hasUnseen).toBe(false);
    expect(window.atEnd).toBe(true);
  });
});

it('a new conversation begins anew', () => {
  const { window, drawn, messages } = setUp(100);
  drawn(messages);
  window.onScroll(false, 'start');
  expect(drawn([])).toEqual([undefined, undefined, 0]);
  expect(drawn(conversation(1))).toEqual(['m0', 'm0', 1]);
  expect(window.atEnd).toBe(true);
});
