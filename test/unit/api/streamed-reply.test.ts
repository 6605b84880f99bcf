import { describe, expect, it, vi } from 'vitest';
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
    ['by its end, without the last event', stream(start)],
    [
      'in the middle of an event',
      streamed(['data: {"delta":"Hal"}\n\ndata: {"del'], { type: 'text/event-stream' }),
    ],
    ['before it began', stream([])],
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
    const { reply } = await chat(stream(start), status(402));
    expect(reply).toMatchObject({ code: 'no-credit' });
  });
});

describe('a streamed reply that cannot be used', () => {
  it.each([
    ['says that it failed', [{ delta: 'Hal' }, { error: 'overloaded' }], 'server-error'],
    ['is not JSON', [{ delta: 'Hal' }, '<html>'], 'invalid-response'],
  ])('because it %s is a failure, and is not asked for again', async (_what, events, code) => {
    const { api, reply } = await chat(stream(events), stream(hello));
    expect(reply).toMatchObject({ name: 'ApiError', code });
    expect(api.requests).toHaveLength(1);
  });
});
