import { expect, it } from 'vitest';
import type { ThreadMessage, ThreadNote } from '../../../src/chat/thread-message.js';
import { noteText } from '../../../src/ui/note-text.js';
import { messagesEn } from '../../../src/i18n/messages.en.js';
import { message } from '../chat/messages.js';

const textOf = (note: ThreadNote, changes: Partial<ThreadMessage> = {}): string =>
  noteText(message({ role: 'note', text: '', note, ...changes }), messagesEn);

it('says of a phone call how long it was, where that is known', () => {
  expect(textOf('phone-call-started')).toBe('Phone call started');
  expect(textOf('phone-call-ended', { seconds: 75 })).toBe('Phone call ended after 1:15');
  expect(textOf('phone-call-ended')).toBe('Phone call ended');
  expect(textOf('phone-call-ended', { seconds: 0 })).toBe('Phone call ended');
});

it('says what failed in the words of the card', () => {
  expect(textOf('phone-call-failed', { text: 'Nobody picked up' })).toBe('Phone call: Nobody picked up');
  expect(textOf('call-failed', { text: 'The call was lost' })).toBe('Call: The call was lost');
});
