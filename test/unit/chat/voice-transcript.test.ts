import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Thread } from '../../../src/chat/thread.js';
import { VoiceTranscript } from '../../../src/chat/voice-transcript.js';
import { message } from './messages.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const entry = { id: 'segment_1', role: 'agent', text: 'Hel', final: false } as const;

function newTranscript() {
  const thread = new Thread(() => undefined);
  return { thread, transcript: new VoiceTranscript(thread) };
}

it('writes what is said into the conversation, between what is typed', () => {
  const { thread, transcript } = newTranscript();
  thread.put(message({ id: 'typed_1' }));
  transcript.put(entry, 'call_1');
  thread.put(message({ id: 'typed_2' }));
  expect(thread.messages).toMatchObject([
    { id: 'typed_1', channel: 'chat' },
    { note: 'call-started', channel: 'voice' },
    { role: 'agent', text: 'Hel', channel: 'voice', status: 'arriving' },
    { id: 'typed_2', channel: 'chat' },
  ]);
});

it('lets a sentence grow in its place until it is final', () => {
  const { thread, transcript } = newTranscript();
  transcript.put(entry, 'call_1');
  const startedAt = Date.now();
  vi.advanceTimersByTime(1_000);
  transcript.put({ ...entry, id: 'segment_2', role: 'user', text: 'Hm?' }, 'call_1');
  transcript.put({ ...entry, text: 'Hello', final: true }, 'call_1');
  expect(transcript.entries).toMatchObject([
    { role: 'agent', text: 'Hello', final: true },
    { role: 'user', text: 'Hm?', final: false },
  ]);
  expect(thread.messages[0]).toMatchObject({ status: 'sent', at: startedAt });
});

it('keeps sentences of two calls apart, which may have the same id', () => {
  const { transcript } = newTranscript();
  const first = transcript.put(entry, 'call_1');
  const second = transcript.put(entry, 'call_2');
  const nameless = transcript.put(entry, null);
  expect(new Set([first.id, second.id, nameless.id]).size).toBe(3);
  expect(transcript.entries.map(({ id }) => id)).toEqual([first.id, second.id, nameless.id]);
});

it('reads back only what was said', () => {
  const { thread, transcript } = newTranscript();
  thread.put(message());
  const { id } = transcript.put({ ...entry, final: true }, 'call_1');
  expect(transcript.entries).toEqual([{ id, role: 'agent', text: 'Hel', final: true }]);
});

it('lets no sentence wait for more once the call is over, and leaves typed replies alone', () => {
  const { thread, transcript } = newTranscript();
  thread.put(message({ id: 'reply', role: 'agent', status: 'arriving' }));
  transcript.put(entry, 'call_1');
  transcript.settle();
  expect(thread.messages.map(({ status }) => status)).toEqual(['arriving', 'sent', 'sent']);
});

it('notes a call to the visitor’s phone apart from one in the page, once each', () => {
  const { thread, transcript } = newTranscript();
  transcript.noteStart(null, 'phone-call');
  transcript.noteStart('call_1', 'phone-call');
  transcript.noteStart('call_1', 'phone-call');
  transcript.noteEnd({ callId: 'call_1', durationSeconds: 42, failure: null }, 'phone-call');
  transcript.noteEnd({ callId: 'call_2', durationSeconds: 0, failure: 'Nobody picked up' }, 'phone-call');
  expect(thread.messages.map(({ note, text, seconds }) => ({ note, text, seconds }))).toEqual([
    { note: 'phone-call-started', text: '', seconds: undefined },
    { note: 'phone-call-ended', text: '', seconds: 42 },
    { note: 'phone-call-failed', text: 'Nobody picked up', seconds: 0 },
  ]);
});

it('lets a call begin before its first words, also when they are faster than the link', () => {
  const { thread, transcript } = newTranscript();
  transcript.put(entry, 'call_1');
  transcript.noteStart('call_1');
  transcript.put({ ...entry, text: 'Hello' }, 'call_1');
  expect(thread.messages).toMatchObject([{ note: 'call-started' }, { text: 'Hello' }]);
});
