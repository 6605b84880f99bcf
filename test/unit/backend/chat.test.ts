import { describe, expect, it } from 'vitest';
import { prefersEventStream } from '../../../demo/backend/chat/chat-reply.js';
import { ReceptionistScript } from '../../../demo/backend/scenarios/receptionist-script.js';
import { callApi, chatWith, startTestBackend } from './start-test-backend.js';

const stream = { headers: { accept: 'text/event-stream' } };

describe('chat', () => {
  it('remembers a conversation by its session', async () => {
    const backend = await startTestBackend();
    const first = await (await chatWith(backend, 'agent_receptionist', { message: 'My name is Ada' })).json();
    expect(first).toEqual({
      reply: expect.stringContaining('Ada'),
      sessionId: expect.stringMatching(/^chat_/),
    });
    const { sessionId } = first;
    const next = await (
      await chatWith(backend, 'agent_receptionist', { message: 'what is my name?', sessionId })
    ).json();
    expect(next).toEqual({ reply: 'You are Ada.', sessionId });
    const [record] = (await (await callApi(backend, '/calls?channel=chat')).json()).data;
    expect(record.transcript.map((entry: { role: string }) => entry.role)).toEqual([
      'user',
      'agent',
      'user',
      'agent',
    ]);
  });

  it('starts anew for a session it does not know, or that belongs to another agent', async () => {
    const backend = await startTestBackend();
    const first = await (
      await chatWith(backend, 'agent_receptionist', { message: 'hi', sessionId: 'made-up' })
    ).json();
    expect(first.sessionId).not.toBe('made-up');
    const other = await (
      await chatWith(backend, 'agent_echo', { message: 'hi', sessionId: first.sessionId })
    ).json();
    expect(other.sessionId).not.toBe(first.sessionId);
    expect(other.reply).toBe('hi');
  });

  it('streams a reply in pieces when that is what the client likes', async () => {
    const response = await chatWith(
      await startTestBackend(),
      'agent_echo',
      { message: 'one two three' },
      stream,
    );
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const events = (await response.text())
      .split('\n\n')
      .filter((event) => event !== '')
      .map((event) => JSON.parse(event.replace(/^data: /, '')));
    expect(events).toEqual([
      { delta: 'one ' },
      { delta: 'two ' },
      { delta: 'three' },
      { done: true, sessionId: expect.stringMatching(/^chat_/) },
    ]);
  });

  it('lets agent_slow_chat take its time', async () => {
    const backend = await startTestBackend({ timings: { slowChatMs: 80 } });
    const startedAt = performance.now();
    expect((await chatWith(backend, 'agent_slow_chat', { message: 'hi' })).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(75);
  });
});

it.each([
  [null, false],
  ['*/*', false],
  ['application/json', false],
  ['text/event-stream', true],
  ['text/event-stream, application/json', true],
  ['text/event-stream;q=0.9, application/json;q=0.5', true],
  ['text/event-stream;q=0.1, application/json', false],
  ['text/event-stream;q=0', false],
])('Accept: %s streams: %s', (accept, expected) => {
  expect(prefersEventStream(accept)).toBe(expected);
});

describe('ReceptionistScript', () => {
  it.each([
    ['Hello!', 'hello'],
    ['When are you open?', 'hours'],
    ['How much is a cleaning?', 'prices'],
    ['I want to book a visit', 'appointment'],
    ['Tuesday sounds good', 'booked'],
    ['Can I speak to a human?', 'person'],
    ['thank you', 'thanks'],
    ['ok bye', 'goodbye'],
    ['quantum physics', 'unsure'],
  ])('%s -> %s', (question, line) => {
    expect(new ReceptionistScript().answer(question)).toMatchObject({ line, text: expect.any(String) });
  });

  it('knows the first question and uses a name', () => {
    const script = new ReceptionistScript();
    script.answer('When are you open?');
    expect(script.answer('What did I ask first?').text).toBe('First you asked: "When are you open?"');
    script.answer('my name is Zoë');
    expect(script.answer('thanks').text).toMatch(/^Zoë, you are/);
  });

  it('has an answer for every spoken turn', () => {
    const script = new ReceptionistScript();
    const lines = Array.from({ length: 6 }, () => script.answerSpokenTurn().line);
    expect(lines).toEqual(['heard', 'hours', 'appointment', 'prices', 'person', 'heard']);
  });
});
