import { describe, expect, it } from 'vitest';
import { readChatEvent, readChatPiece, readChatReply } from '../../../src/wire/chat-reply.js';

const invalid = expect.objectContaining({ name: 'ApiError', code: 'invalid-response' }) as Error;
const failed = expect.objectContaining({ name: 'ApiError', code: 'server-error' }) as Error;
const notObjects = [null, undefined, 42, 'text', true, [], [{ reply: 'Hi' }]];

describe('a chat reply', () => {
  it.each([
    ['reply', { reply: 'Hi' }],
    ['response', { response: 'Hi' }],
    ['text', { text: 'Hi' }],
    ['content', { content: 'Hi' }],
    ['message.content', { message: { role: 'assistant', content: 'Hi' } }],
    ['data', { data: { reply: 'Hi' } }],
    ['choices', { choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' } }] }],
  ])('is read from %s', (_name, answer) => {
    expect(readChatReply(answer)).toEqual({ text: 'Hi', sessionId: null });
  });

  it.each(['sessionId', 'session_id', 'conversationId', 'conversation_id'])(
    'has its session in %s',
    (name) => {
      expect(readChatReply({ reply: 'Hi', [name]: 'session_1' })).toEqual({
        text: 'Hi',
        sessionId: 'session_1',
      });
    },
  );

  it('prefers `reply`', () => {
    expect(readChatReply({ message: { content: 'no' }, content: 'no', text: 'no', reply: 'Hi' }).text).toBe(
      'Hi',
    );
  });

  it('may be empty: a person may be answering later', () => {
    expect(readChatReply({ reply: '', sessionId: 's' })).toEqual({ text: '', sessionId: 's' });
  });

  it.each([
    ...notObjects,
    {},
    { sessionId: 's' },
    { reply: 7 },
    { message: null },
    { message: { content: 7 } },
  ])('is unreadable when it is %j', (answer) => expect(() => readChatReply(answer)).toThrow(invalid));

  it('that is an error in the place of a text is a failure of the server', () => {
    expect(() => readChatReply({ error: 'overloaded' })).toThrow(failed);
    expect(readChatReply({ error: null, reply: 'Hi' }).text).toBe('Hi');
  });

  it('has no session of an endless name, which would be sent with each message', () => {
    expect(readChatReply({ reply: 'Hi', sessionId: 's'.repeat(400) }).sessionId).toHaveLength(400);
    expect(readChatReply({ reply: 'Hi', sessionId: 's'.repeat(401) }).sessionId).toBeNull();
  });
});

describe('a piece of a streamed reply', () => {
  it.each([
    [{ delta: 'Hi' }, 'Hi'],
    [{ delta: '' }, ''],
    [{ delta: { content: 'Hi' } }, 'Hi'],
    [{ delta: { text: 'Hi' } }, 'Hi'],
    [{ type: 'content_block_delta', delta: { type: 'text_delta', text: 'Hi' } }, 'Hi'],
    [{ choices: [{ index: 0, delta: { content: 'Hi' } }] }, 'Hi'],
    [{ choices: [] }, ''],
    [{ choices: [{ delta: {}, finish_reason: 'stop' }] }, ''],
    [{ message: { role: 'assistant', content: 'Hi' }, done: false }, 'Hi'],
    [{ response: 'Hi', done: false }, 'Hi'],
    [{ text: 'Hi' }, 'Hi'],
    [{ content: 'Hi' }, 'Hi'],
    [{ done: 'true' }, ''],
    [{ error: null, delta: 'Hi' }, 'Hi'],
    [{ error: false, delta: 'Hi' }, 'Hi'],
    [{ heartbeat: 1 }, ''],
    [{ type: 'ping', text: 'ping' }, ''],
    [{ type: 'thinking', content: 'The visitor seems to …' }, ''],
    [{ type: 'reasoning-delta', delta: 'Hm' }, ''],
    [{ type: 'tool_call', text: 'get_cart' }, ''],
    [null, ''],
    ['ping', ''],
    [7, ''],
  ])('says in %j: %j', (piece, delta) => {
    expect(readChatPiece(piece)).toEqual({ delta, done: false, sessionId: null });
  });

  it.each([
    [{ done: true, sessionId: 's' }, ''],
    [{ done: true, session_id: 's' }, ''],
    [{ delta: 'Hi', done: true, conversationId: 's' }, 'Hi'],
    [{ type: 'message_stop', sessionId: 's' }, ''],
    [{ type: 'done', sessionId: 's' }, ''],
  ])('may be the last: %j', (piece, delta) => {
    expect(readChatPiece(piece)).toEqual({ delta, done: true, sessionId: 's' });
  });

  it.each([
    { error: 'overloaded' },
    { error: { code: 7 } },
    { error: 'overloaded', delta: 'x' },
    { type: 'error', message: 'overloaded' },
    { type: 'response.failed' },
  ])('that is an error ends the reply as a failure: %j', (piece) =>
    expect(() => readChatPiece(piece)).toThrow(failed),
  );
});

describe('an event of a streamed reply', () => {
  const hi = '{"delta":"Hi"}';

  it.each(['message', 'delta', 'token', 'content_block_delta', 'response.output_text.delta', 'Message'])(
    'named %s is read',
    (name) => expect(readChatEvent(name, hi).delta).toBe('Hi'),
  );

  it.each([
    'ping',
    'heartbeat',
    'keep-alive',
    'metadata',
    'tool_status',
    'thinking',
    'response.reasoning_text.delta',
    'x',
  ])('named %s is somebody else’s', (name) => {
    for (const data of [hi, 'ping', '', '{"error":"none of ours"}', '{broken'])
      expect(readChatEvent(name, data)).toEqual({ delta: '', done: false, sessionId: null });
  });

  it.each([
    '',
    ' ',
    'ping',
    'keepalive',
    '2026-11-21T10:00:00Z',
    '10:00',
    '1795168800',
    '3.5',
    'true',
    'null',
    '[]',
  ])('with data that is nobody’s words says nothing: %j', (data) =>
    expect(readChatEvent('message', data)).toEqual({ delta: '', done: false, sessionId: null }),
  );

  it.each([
    ['message', '[DONE]'],
    ['message', ' [DONE] '],
    ['message', '[done]\r'],
    ['done', ''],
    ['done', '[DONE]'],
    ['end', '{}'],
    ['complete', 'bye'],
  ])('may be the last: %s, %j', (name, data) => {
    expect(readChatEvent(name, data)).toEqual({ delta: '', done: true, sessionId: null });
  });

  it('may be the last by its name, and bring the session', () => {
    expect(readChatEvent('done', '{"sessionId":"s"}')).toEqual({ delta: '', done: true, sessionId: 's' });
  });

  it.each([
    ['error', ''],
    ['error', 'overloaded'],
    ['error', '{"message":"overloaded"}'],
    ['error', hi],
    ['Error', '{broken'],
    ['stream_error', '{}'],
    ['response.failed', '{}'],
  ])('named %s is a failure, whatever it says: %j', (name, data) => {
    expect(() => readChatEvent(name, data)).toThrow(failed);
  });

  it.each(['{"delta":"Hi', '<html>', '"Hi'])(
    'that was meant to be read and cannot be is a failure: %j',
    (data) => expect(() => readChatEvent('message', data)).toThrow(invalid),
  );
});
