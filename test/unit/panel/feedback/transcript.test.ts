import { expect, it } from 'vitest';
import { transcriptJson, transcriptText } from '../../../../src/panel/feedback/transcript.js';
import { message } from '../../chat/messages.js';

const MESSAGES = [
  message({ id: 'a', text: 'Hello', idempotencyKey: 'key_1' }),
  message({ id: 'b', role: 'agent', text: 'Hi,\nhow are you?' }),
  message({ id: 'c', role: 'note', text: '', channel: 'voice', note: 'call-ended', seconds: 5 }),
  message({ id: 'd', text: 'never sent', status: 'failed' }),
  message({ id: 'e', role: 'agent', text: 'half a sen', status: 'arriving' }),
];

it('reads as a conversation: who, when, what; nothing that was not said', () => {
  const text = transcriptText(MESSAGES, { you: 'You', agent: 'Assistant', note: ({ note }) => `(${note})` });
  expect(text.replace(/\[[^\]]+\]/g, '[time]')).toBe(
    '[time] You: Hello\n[time] Assistant: Hi,\nhow are you?\n[time] (call-ended)',
  );
});

it('is complete for programs, without ids and keys', () => {
  const json = transcriptJson(MESSAGES);
  expect(JSON.parse(json)).toEqual({
    messages: [
      { role: 'user', text: 'Hello', channel: 'chat', at: '1970-01-01T00:00:01.000Z' },
      { role: 'agent', text: 'Hi,\nhow are you?', channel: 'chat', at: '1970-01-01T00:00:01.000Z' },
      { role: 'note', note: 'call-ended', channel: 'voice', at: '1970-01-01T00:00:01.000Z', seconds: 5 },
    ],
  });
  expect(json).not.toContain('key_1');
});
