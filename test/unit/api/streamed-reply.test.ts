import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clientOf, fakeApi, json, status, streamed, type Answer } from './fake-api.js';

const message = { message: 'Hello' };
type End = NonNullable<Parameters<typeof streamed>[1]>;

/** A reply in these events, written as JSON when they are not text. */
function stream(events: unknown[], options: End = {}): Answer {
  const pieces = events.map(
    (event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`,
  );
  return streamed(pieces, { type: 'text/event-stream; charset=utf-8', ...options });
}

const hello = [{ delta: 'Hel' }, { delta: 'lo' }, { done: true, sessionId: 'session_1' }];

async function chat(...answers: Answer[]) {
  const api = fakeApi(...answers);
  const texts: string[] = [];
  const reply = await clientOf(api)
    .chat('agent_1', message, { onText: (text) => texts.push(text) })
    .catch((error: unknown) => error);
  return { api, texts, reply };
}

describe('a streamed reply', () => {
  it('grows, and is whole at its end', async () => {
    const { texts, reply } = await chat(stream(hello));
    expect(texts).toEqual(['Hel', 'Hello']);
    expect(reply).toEqual({ text: 'Hello', sessionId: 'session_1' });
  });

  it('is read for a caller who only wants the whole of it', async () => {
    const reply = clientOf(fakeApi(stream(hello))).chat('agent_1', message);
    await expect(reply).resolves.toEqual({ text: 'Hello', sessionId: 'session_1' });
  });

  it('may name the session at any time; the last one counts', async () => {
    const { reply } = await chat(
      stream([{ sessionId: 'early' }, { delta: 'Hi', sessionId: 'late' }, { done: true }]),
    );
    expect(reply).toEqual({ text: 'Hi', sessionId: 'late' });
  });

  it('may end with [DONE]', async () => {
    const { reply } = await chat(stream([{ delta: 'Hi', session_id: 'session_1' }, '[DONE]']));
    expect(reply).toEqual({ text: 'Hi', sessionId: 'session_1' });
  });

  it('may be empty', async () => {
    const { reply, texts } = await chat(stream([{ done: true, sessionId: 'session_1' }]));
    expect(reply).toEqual({ text: '', sessionId: 'session_1' });
    expect(texts).toEqual([]);
  });

  it('tells of no empty pieces', async () => {
    const { texts } = await chat(
      stream([{ delta: '' }, { delta: 'Hi' }, { delta: '' }, { ping: 1 }, { done: true }]),
    );
    expect(texts).toEqual(['Hi']);
  });

  it('is over with its last event, also when the server keeps the connection open', async () => {
    const onCancel = vi.fn<() => void>();
    const { reply, api } = await chat(stream(hello, { end: 'stays-open', onCancel }));
    expect(reply).toMatchObject({ text: 'Hello' });
    expect(onCancel).toHaveBeenCalled();
    expect(api.requests[0]?.init.signal?.aborted).toBe(true);
  });

  it('may come as JSON although a stream was asked for', async () => {
    const { reply, texts } = await chat(json({ reply: 'Hello', sessionId: 'session_1' }));
    expect(reply).toEqual({ text: 'Hello', sessionId: 'session_1' });
    expect(texts).toEqual([]);
  });
});

describe('a streamed reply that breaks off', () => {
  const start = [{ delta: 'Hal' }];

  it.each([
    ['by an error', stream(start, { end: 'breaks' })],
    [
      'in the middle of an event',
      streamed(['data: {"delta":"Hal"}\n\ndata: {"del'], { type: 'text/event-stream' }),
    ],
    ['in the middle of a field', streamed(['data: {"delta":"Hal"}\n\nda'], { type: 'text/event-stream' })],
    ['before it began', stream([])],
    [
      'before it said anything',
      streamed([': ping\n\nevent: ping\ndata: 1\n\n'], { type: 'text/event-stream' }),
    ],
  ])('%s is asked for again with the same key, and starts anew', async (_how, broken) => {
    const { api, texts, reply } = await chat(broken, stream(hello));
    expect(reply).toEqual({ text: 'Hello', sessionId: 'session_1' });
    expect(texts.slice(-2)).toEqual(['Hel', 'Hello']);
    const keys = api.requests.map((request) => request.headers['idempotency-key']);
    expect(keys).toEqual([keys[0], keys[0]]);
    expect(keys[0]).toBeDefined();
    expect(api.waits).toEqual([250]);
  });

  it('every time is a network error in the end', async () => {
    const { api, reply } = await chat(stream(start, { end: 'breaks' }));
    expect(reply).toMatchObject({ name: 'ApiError', code: 'network' });
    expect(api.requests).toHaveLength(3);
  });

  it('may be followed by any other failure', async () => {
    const { reply, texts } = await chat(stream(start, { end: 'breaks' }), status(402));
    expect(reply).toMatchObject({ code: 'no-credit' });
    expect(texts).toEqual(['Hal']);
  });
});

/** These bytes, as one piece, of this type. */
const body = (text: string, type: string): Answer => streamed([text], { type });
const said = (text: string) => `data: ${JSON.stringify({ delta: text })}\n\n`;

describe('a streamed reply of a real server', () => {
  const whole = { text: 'Hello', sessionId: null };

  it.each([
    ['heartbeats without data', `data:\n\n${said('Hel')}data:\n\n${said('lo')}data: [DONE]\n\n`],
    ['heartbeats of a name', `${said('Hel')}event: ping\ndata: ping\n\n${said('lo')}data: [DONE]\n\n`],
    [
      'words, times and numbers',
      `data: ping\n\n${said('Hel')}data: 2026-11-21T10:00:00Z\n\n${said('lo')}data: 7\n\ndata: [DONE]\n\n`,
    ],
    [
      'foreign events',
      `${said('Hel')}event: usage\ndata: {"text":"12 tokens"}\n\n${said('lo')}data: [DONE]\n\n`,
    ],
    ['[DONE] with blanks', `${said('Hello')}data:  [DONE] \n\n`],
    ['[DONE] without a line end', `${said('Hello')}data: [DONE]`],
    ['a last event without a blank line', 'data: {"delta":"Hello","done":true}'],
    ['a last event by its name', `${said('Hello')}event: done\n\n${said('?')}`],
    ['an end without any last event', said('Hel') + said('lo')],
    ['a byte order mark', `\uFEFF${said('Hello')}`],
    [
      'a last event that says all of it again',
      `${said('Hel')}${said('lo')}data: {"done":true,"text":"Hello"}\n\n`,
    ],
    ['one event that says all of it', 'data: {"reply":"Hello"}\n\n'],
  ])('may have %s', async (_what, text) => {
    const { reply, api } = await chat(body(text, 'text/event-stream'));
    expect(reply).toEqual(whole);
    expect(api.requests).toHaveLength(1);
  });

  it.each([
    'Text/Event-Stream; Charset=UTF-8',
    'text/event-stream;charset=utf-8',
    'TEXT/EVENT-STREAM',
    'application/json',
    'text/plain',
    'text/html',
    'application/octet-stream',
    '',
  ])('is known by its words where it is called %j', async (type) => {
    const { reply, texts } = await chat(
      streamed([': hi\n', said('Hel'), said('lo'), 'data: [DONE]\n\n'], { type }),
    );
    expect(reply).toEqual(whole);
    expect(texts).toEqual(['Hel', 'Hello']);
  });

  it('is known by its first characters, however they are cut', async () => {
    const bytes = new TextEncoder().encode(`\n\nevent: message\n${said('Grüße 👋')}`);
    const { reply } = await chat(
      streamed(
        Array.from(bytes, (byte) => Uint8Array.of(byte)),
        { type: '' },
      ),
    );
    expect(reply).toMatchObject({ text: 'Grüße 👋' });
  });

  it.each([
    [
      'OpenAI',
      [
        { choices: [{ delta: { role: 'assistant', content: '' } }] },
        { choices: [{ delta: { content: 'Hello' } }] },
        { choices: [{ delta: {}, finish_reason: 'stop' }] },
        '[DONE]',
      ],
    ],
    ['deltas in an object', [{ delta: { text: 'Hel' } }, { delta: { content: 'lo' } }, { done: true }]],
  ])('may speak as %s does', async (_who, events) => {
    expect((await chat(stream(events))).reply).toEqual(whole);
  });

  it('may speak as Anthropic does', async () => {
    const { reply } = await chat(
      body(
        [
          'event: message_start\ndata: {"type":"message_start","message":{"content":[]}}',
          'event: content_block_delta\ndata: {"type":"content_block_delta","delta":{"type":"thinking_delta","thinking":"hm"}}',
          'event: ping\ndata: {"type":"ping"}',
          'event: content_block_delta\ndata: {"type":"content_block_delta","delta":{"type":"text_delta","text":"Hello"}}',
          'event: message_stop\ndata: {"type":"message_stop"}\n\n',
        ].join('\n\n'),
        'text/event-stream',
      ),
    );
    expect(reply).toEqual(whole);
  });

  it.each(['application/x-ndjson', 'application/jsonl; charset=utf-8'])(
    'may come as JSON line by line: %s',
    async (type) => {
      const { reply, texts } = await chat(
        streamed(['{"delta":"Hel"}\n', '\n{"delta":"lo"}\r\n', '{"done":true,"sessionId":"s"}'], { type }),
      );
      expect(reply).toEqual({ text: 'Hello', sessionId: 's' });
      expect(texts).toEqual(['Hel', 'Hello']);
    },
  );
});

describe('an answer to a chat message that is not what was asked for', () => {
  it.each([
    [
      'JSON as a stream',
      '{"reply":"Hello","sessionId":"s"}',
      'text/event-stream',
      { text: 'Hello', sessionId: 's' },
    ],
    ['JSON with a byte order mark', '\uFEFF{"reply":"Hello"}', 'application/json', { text: 'Hello' }],
    ['JSON of no type', ' \n{"reply":"Hello"}', '', { text: 'Hello' }],
    ['JSON as text', '{\n  "reply": "Hello"\n}\n', 'text/plain', { text: 'Hello' }],
    [
      'JSON line by line, as JSON',
      '{"delta":"Hel"}\n{"delta":"lo"}\n',
      'application/json',
      { text: 'Hello' },
    ],
    ['a JSON text', '"Hello"', 'application/json', { text: 'Hello' }],
    ['plain text', 'Hello\nthere\n', 'text/plain; charset=utf-8', { text: 'Hello\nthere' }],
    ['plain text of no type', 'Hi', '', { text: 'Hi' }],
    ['a plain number', '42', 'text/plain', { text: '42' }],
  ])('%s is read', async (_what, text, type, expected) => {
    expect((await chat(body(text, type))).reply).toMatchObject(expected);
  });

  it.each([204, 205])('%i: it has arrived, and nothing is said to it', async (code) => {
    const { reply, api } = await chat(() => new Response(null, { status: code }));
    expect(reply).toEqual({ text: '', sessionId: null });
    expect(api.requests).toHaveLength(1);
  });

  it.each([
    ['a page in the place of a stream', '<!doctype html><p>data: no', 'text/event-stream', /HTML/],
    ['a page as text', '\n <html>', 'text/plain', /HTML/],
    ['a page as JSON', '<html>', 'application/json', /HTML/],
    ['words as JSON', 'Hello', 'application/json', /no JSON/],
    ['words as a page', 'Bad gateway', 'text/html', /no JSON/],
    ['JSON that was cut off', '{"reply":"Hel', 'application/json', /no JSON/],
    ['lines that were cut off', '{"delta":"Hel"}\n{"del', 'application/json', /no JSON/],
    ['nothing', '', 'application/json', /nothing/],
    ['blanks', ' \n', 'text/plain', /nothing/],
    ['no text', '{"ok":true}', 'application/json', /no text/],
  ])('%s is a failure that says so, and is not asked for again', async (_what, text, type, says) => {
    const { reply, api } = await chat(body(text, type), stream(hello));
    expect(reply).toMatchObject({ name: 'ApiError', code: 'invalid-response' });
    expect((reply as Error).message).toMatch(says);
    expect(api.requests).toHaveLength(1);
  });
});

describe('a streamed reply that cannot be used', () => {
  it.each([
    ['says that it failed', `${said('Hal')}data: {"error":"overloaded"}\n\n`, 'server-error'],
    ['is called a failure', `${said('Hal')}event: error\ndata: {"message":"overloaded"}\n\n`, 'server-error'],
    ['is called a failure and no more', `${said('Hal')}event: error\n\n`, 'server-error'],
    ['is called a failure as the body ends', `${said('Hal')}event: error`, 'server-error'],
    ['is not JSON', `${said('Hal')}data: <html>\n\n`, 'invalid-response'],
    ['has an event without an end', `${said('Hal')}data: ${'x'.repeat(70_000)}`, 'invalid-response'],
    ['is longer than any reply', said('Hal') + said('x'.repeat(60_000)).repeat(20), 'invalid-response'],
  ])(
    'because it %s is a failure, is not asked for again, and what came is told',
    async (_what, text, code) => {
      const { api, reply, texts } = await chat(body(text, 'text/event-stream'), stream(hello));
      expect(reply).toMatchObject({ name: 'ApiError', code });
      expect(texts.at(-1)).toMatch(/^Hal/);
      expect(api.requests).toHaveLength(1);
    },
  );

  it('because it is a reply without an end in another form is a failure', async () => {
    for (const [piece, type] of [
      ['x'.repeat(1000), 'text/plain'],
      [`{"reply":"${'x'.repeat(1000)}`, 'application/json'],
    ] as const) {
      const onCancel = vi.fn<() => void>();
      const { reply } = await chat(streamed(Array<string>(2_000).fill(piece), { type, onCancel }));
      expect(reply).toMatchObject({ code: 'invalid-response' });
      expect(onCancel).toHaveBeenCalled();
    }
  });

  it('because nothing but comments comes is given up', async () => {
    const onCancel = vi.fn<() => void>();
    const comment = new TextEncoder().encode(`: ${'x'.repeat(60_000)}\n`);
    const { reply } = await chat(
      streamed(Array<Uint8Array>(1_000).fill(comment), { type: 'text/event-stream', onCancel }),
    );
    expect(reply).toMatchObject({ code: 'invalid-response' });
    expect(onCancel).toHaveBeenCalled();
  });
});

describe('the time of a streamed reply', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each([
    ['comments', ': ping\n\n'],
    ['words', said('x')],
  ])('is two minutes, however many %s come', async (_what, piece) => {
    const pace = () => new Promise<void>((resolve) => setTimeout(resolve, 10_000));
    const api = fakeApi(streamed(Array<string>(100).fill(piece), { type: 'text/event-stream', pace }));
    const reply = clientOf(api)
      .chat('agent_1', message)
      .catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(140_000);
    await expect(reply).resolves.toMatchObject({
      code: 'timeout',
      status: null,
    });
    expect(api.requests).toHaveLength(1);
  });

  it('is half a minute between two pieces', async () => {
    const api = fakeApi(streamed([said('Hal')], { type: 'text/event-stream', end: 'stays-open' }));
    const reply = clientOf(api)
      .chat('agent_1', message)
      .catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(31_000);
    await expect(reply).resolves.toMatchObject({ code: 'timeout' });
  });
});

it('is told once for all that has come, not once for each word', async () => {
  const words = 20_000;
  const piece = said('word ').repeat(words / 10);
  const { texts, reply } = await chat(streamed(Array<string>(10).fill(piece), { type: 'text/event-stream' }));
  expect(reply).toMatchObject({ text: 'word '.repeat(words) });
  expect(texts.length).toBeLessThanOrEqual(10);
});
