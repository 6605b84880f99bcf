import { describe, expect, it } from 'vitest';
import { ChatAnswerReader } from '../../../src/wire/chat-answer.js';
import { readChatEvent, readChatReply } from '../../../src/wire/chat-reply.js';
import { readChoices } from '../../../src/wire/choices.js';

const label = (text: string) => ({ label: text, text, href: null });

describe('the choices beside a reply', () => {
  it.each<[string, unknown, unknown]>([
    [
      'objects',
      [{ label: 'Today', text: 'Today, please' }],
      [{ label: 'Today', text: 'Today, please', href: null }],
    ],
    ['labels alone', ['Today', ' Tomorrow '], [label('Today'), label('Tomorrow')]],
    [
      'a link',
      [{ label: 'Prices', href: 'https://clinic.example/prices' }],
      [{ label: 'Prices', text: 'Prices', href: 'https://clinic.example/prices' }],
    ],
    ['the first four of six', ['1', '2', '3', '4', '5', '6'], ['1', '2', '3', '4'].map(label)],
    ['what is good among what is not', [null, 5, {}, [], { label: '' }, 'Yes'], [label('Yes')]],
    ['nothing in a text', 'Today', []],
    ['nothing in an object', { 0: 'Today' }, []],
    ['nothing in what is missing', undefined, []],
    ['none of a script', [{ label: 'Go', href: 'javascript:alert(1)' }], []],
    ['none of a link that is not secure', [{ label: 'Go', href: 'http://clinic.example' }], []],
    ['none of a disguised host', [{ label: 'Go', href: 'https://clinic.example@evil.example/' }], []],
    ['none of a link without end', [{ label: 'Go', href: `https://a.example/${'x'.repeat(5_000)}` }], []],
    ['none of a number', [{ label: 'Go', href: 'tel:+4930123456' }], []],
    ['none of a relative link', [{ label: 'Go', href: '/prices' }], []],
    ['none of a label without end', ['x'.repeat(1_000_000)], []],
    ['none of a text that is an object', [{ label: 'Go', text: { toString: () => 'x' } }], []],
    ['none of a completion', [{ index: 0, message: { content: 'Hello' } }], []],
    ['no more than the first of a million', Array(1_000_000).fill(null), []],
  ])('%s', (_what, given, expected) => expect(readChoices(given)).toEqual(expected));
});

it('a whole reply has them, and one without has no such field', () => {
  expect(readChatReply({ reply: 'When?', choices: ['Today'] }).choices).toEqual([label('Today')]);
  expect(readChatReply({ reply: 'When?', choices: [{}] })).not.toHaveProperty('choices');
});

it('the text of a completion is still read from its own `choices`', () => {
  const completion = { choices: [{ message: { content: 'Hello' } }] };
  expect(readChatReply(completion)).toEqual({ text: 'Hello', sessionId: null });
  expect(
    readChatEvent('message', JSON.stringify({ choices: [{ delta: { content: 'Hel' } }] })),
  ).toMatchObject({
    delta: 'Hel',
  });
});

it('a stream has them in its last event', () => {
  const reader = new ChatAnswerReader({ status: 200, contentType: 'text/event-stream' });
  const events = [
    ...reader.read('data: {"delta":"When?"}\n\n'),
    ...reader.read('data: {"done":true,"sessionId":"s","choices":["Today"]}\n\n'),
  ];
  expect(events.at(-1)).toMatchObject({ done: true, choices: [label('Today')] });
});
