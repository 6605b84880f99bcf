import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatSession } from '../../../src/chat/chat-session.js';
import { ThreadStorage } from '../../../src/chat/thread-storage.js';
import type { ThreadMessage } from '../../../src/chat/thread-message.js';
import { Thread } from '../../../src/chat/thread.js';
import {
  clientOf,
  fakeApi,
  json,
  networkError,
  refusingOptionalHeaders,
  silence,
  status,
  streamed,
  type Answer,
} from '../api/fake-api.js';
import { deferred, type Deferred } from '../../support/deferred.js';

// Fetched with the first message; from then on it takes no time.
beforeAll(() => import('../../../src/api/read-chat-answer.js'));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Lets everything happen that needs no time. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

function setUpChat(...answers: Answer[]) {
  const api = fakeApi(...answers);
  const client = clientOf(api, { maxRetries: 0 });
  const thread = new Thread(() => undefined);
  const told = { messages: [] as ThreadMessage[], busy: [] as boolean[], errors: [] as unknown[] };
  const plan = { agentId: 'agent_1', client, body: { userId: 'user_1' } };
  const newSession = (into = thread) =>
    new ChatSession(into, () => plan, {
      onMessage: (message) => told.messages.push(message),
      onBusy: (busy) => told.busy.push(busy),
      onError: (error) => told.errors.push(error),
    });
  const texts = () => thread.messages.map(({ role, text, status: how }) => `${role}: ${text} (${how})`);
  const keys = () => api.requests.map((request) => request.headers['idempotency-key']);
  return { api, thread, told, plan, chat: newSession(), newSession, texts, keys };
}

/** Answers that come when the test says so. */
function lateAnswers() {
  const open: Deferred<Response>[] = [];
  const answer: Answer = () => {
    const late = deferred<Response>();
    open.push(late);
    return late.promise;
  };
  const reply = async (index: number, body: unknown) => {
    open[index]?.resolve(Response.json(body));
    await settle();
  };
  return { answer, open, reply };
}

/** A streamed reply whose pieces the test sends; it ends with the request. */
function liveStream() {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const answer: Answer = ({ init }) => {
    init.signal?.addEventListener(
      'abort',
      () => void writer.abort(init.signal?.reason).catch(() => undefined),
    );
    return new Response(readable, { headers: { 'content-type': 'text/event-stream' } });
  };
  const send = async (event: unknown) => {
    void writer.write(new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`)).catch(() => undefined);
    await settle();
  };
  return { answer, send };
}

describe('a message', () => {
  it('is in the conversation at once, and sent when the reply is there', async () => {
    const { answer, reply } = lateAnswers();
    const { chat, texts, told } = setUpChat(answer);
    chat.send('Hello');
    expect(texts()).toEqual(['user: Hello (sending)']);
    await settle();
    await reply(0, { reply: 'Hi', sessionId: 'session_1' });
    expect(texts()).toEqual(['user: Hello (sent)', 'agent: Hi (sent)']);
    expect(told.messages).toMatchObject([
      { role: 'user', text: 'Hello', channel: 'chat', status: 'sent' },
      { role: 'agent', text: 'Hi', channel: 'chat', status: 'sent' },
    ]);
    expect(told.errors).toEqual([]);
  });

  it('carries what the site has set', async () => {
    const { chat, api } = setUpChat(json({ reply: 'Hi' }));
    chat.send('Hello');
    await settle();
    expect(api.requests).toMatchObject([{ body: { userId: 'user_1', message: 'Hello' } }]);
    expect(api.requests[0]?.body).not.toHaveProperty('sessionId');
  });

  it('carries the settings of the moment it is sent', async () => {
    const { answer, reply } = lateAnswers();
    const { chat, api, plan } = setUpChat(answer);
    chat.send('one');
    chat.send('two');
    await settle();
    plan.body = { userId: 'user_2' };
    await reply(0, { reply: '1' });
    expect(api.requests.map(({ body }) => body)).toMatchObject([{ userId: 'user_1' }, { userId: 'user_2' }]);
  });

  it('carries the session of the replies before it', async () => {
    const { chat, api, thread } = setUpChat(
      json({ reply: 'Hi', sessionId: 'session_1' }),
      json({ reply: 'Yes' }),
    );
    for (const text of ['one', 'two', 'three']) chat.send(text);
    await settle();
    expect(api.requests.map(({ body }) => (body as { sessionId?: string }).sessionId)).toEqual([
      undefined,
      'session_1',
      'session_1',
    ]);
    expect(thread.sessionId).toBe('session_1');
  });

  it('may be answered with nothing, when a person will answer later', async () => {
    const { chat, texts, told } = setUpChat(json({ reply: '' }));
    chat.send('Hello');
    await settle();
    expect(texts()).toEqual(['user: Hello (sent)']);
    expect(told.messages).toHaveLength(1);
  });
});

describe('several messages', () => {
  it('go out one after the other, so that replies come in the order of the questions', async () => {
    const { answer, open, reply } = lateAnswers();
    const { chat, api, texts } = setUpChat(answer);
    for (const text of ['one', 'two']) chat.send(text);
    await settle();
    expect(open).toHaveLength(1);
    await reply(0, { reply: '1' });
    expect(open).toHaveLength(2);
    await reply(1, { reply: '2' });
    expect(api.requests.map(({ body }) => (body as { message: string }).message)).toEqual(['one', 'two']);
    expect(texts()).toEqual(['user: one (sent)', 'user: two (sent)', 'agent: 1 (sent)', 'agent: 2 (sent)']);
  });

  it('keep the session busy from the first to the last', async () => {
    const { answer, reply } = lateAnswers();
    const { chat, told } = setUpChat(answer);
    expect(chat.busy).toBe(false);
    for (const text of ['one', 'two']) chat.send(text);
    await settle();
    expect(chat.busy).toBe(true);
    await reply(0, { reply: '1' });
    expect(told.busy).toEqual([true]);
    await reply(1, { reply: '2' });
    expect(told.busy).toEqual([true, false]);
    expect(chat.busy).toBe(false);
  });

  it('go on after one that can never be sent', async () => {
    const { chat, texts } = setUpChat(status(400), json({ reply: '2' }));
    for (const text of ['one', 'two']) chat.send(text);
    await settle();
    expect(texts()).toEqual(['user: one (failed)', 'user: two (sent)', 'agent: 2 (sent)']);
  });

  it('have keys of their own', async () => {
    const { chat, keys } = setUpChat(json({ reply: 'Hi' }));
    for (const text of ['same', 'same']) chat.send(text);
    await settle();
    expect(new Set(keys()).size).toBe(2);
  });
});

describe('a message that cannot be sent', () => {
  it.each([
    ['the server is broken', status(500), 'server-error'],
    ['the key is refused', status(401), 'unauthorized'],
    ['there is no credit', status(402), 'no-credit'],
    ['the agent is not known', status(404), 'agent-not-found'],
    ['nothing can be reached', networkError, 'timeout'],
    ['the reply cannot be read', () => new Response('<html>'), 'invalid-response'],
  ])('stays, with its reason: %s', async (_why, answer, reason) => {
    const { chat, thread, told } = setUpChat(answer);
    chat.send('Hello');
    await settle();
    expect(thread.messages).toMatchObject([{ text: 'Hello', status: 'failed', reason }]);
    expect(told.errors).toMatchObject([{ name: 'ApiError' }]);
    expect(told.messages).toEqual([]);
    expect(told.busy).toEqual([true, false]);
  });

  it('is sent again with the same key, and what waited behind it follows', async () => {
    const { chat, thread, texts, keys } = setUpChat(status(500), json({ reply: '1' }), json({ reply: '2' }));
    chat.send('one');
    chat.send('two');
    await settle();
    expect(texts()).toEqual(['user: one (failed)', 'user: two (failed)']);
    expect(thread.messages[1]?.reason).toBe('server-error');
    const [first] = thread.messages;
    chat.retry(first?.id ?? '');
    expect(thread.find(first?.id ?? '')).toMatchObject({ status: 'sending', reason: undefined });
    await settle();
    expect(texts()).toEqual(['user: one (sent)', 'user: two (sent)', 'agent: 1 (sent)', 'agent: 2 (sent)']);
    expect(keys()[1]).toBe(keys()[0]);
    expect(keys()[0]).toBeDefined();
  });

  it('goes before the next one that is typed, so that the order stays', async () => {
    const { chat, texts, api } = setUpChat(status(503), json({ reply: 'ok' }));
    chat.send('one');
    await settle();
    chat.send('two');
    await settle();
    expect(api.requests.map(({ body }) => (body as { message: string }).message)).toEqual([
      'one',
      'one',
      'two',
    ]);
    expect(texts().slice(0, 2)).toEqual(['user: one (sent)', 'user: two (sent)']);
  });

  it('for good does not go again with the next one', async () => {
    const { chat, api } = setUpChat(status(402), json({ reply: 'ok' }));
    chat.send('one');
    await settle();
    chat.send('two');
    await settle();
    expect(api.requests.map(({ body }) => (body as { message: string }).message)).toEqual(['one', 'two']);
  });

  it('is sent again with the same key after a reload', async () => {
    const { chat, newSession, thread, keys } = setUpChat(silence, json({ reply: 'Hi' }));
    const items = new Map<string, string>();
    const store = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
    };
    const storage = new ThreadStorage('agent_1', () => store);
    chat.send('Hello');
    await settle();
    storage.save(thread.toRecord());
    chat.dispose();

    const reloaded = new Thread(() => undefined);
    reloaded.restore(storage.load() ?? reloaded.toRecord());
    expect(reloaded.messages).toMatchObject([{ text: 'Hello', status: 'failed' }]);
    newSession(reloaded).retry(reloaded.messages[0]?.id ?? '');
    await settle();
    expect(reloaded.messages).toMatchObject([{ status: 'sent' }, { role: 'agent', text: 'Hi' }]);
    expect(keys()).toHaveLength(2);
    expect(keys()[1]).toBe(keys()[0]);
  });

  it('is not sent again while it is being sent, nor once it was', async () => {
    const { answer, open, reply } = lateAnswers();
    const { chat, thread } = setUpChat(answer);
    chat.send('Hello');
    await settle();
    const id = thread.messages[0]?.id ?? '';
    chat.retry(id);
    await reply(0, { reply: 'Hi' });
    chat.retry(id);
    chat.retry('nobody');
    await settle();
    expect(open).toHaveLength(1);
  });
});

describe('a message that is too long for the server', () => {
  it('says so, is not sent again with the next one, and holds nothing back', async () => {
    const { chat, thread, api } = setUpChat(status(413), json({ reply: 'ok' }));
    for (const text of ['long', 'two']) chat.send(text);
    await settle();
    chat.send('three');
    await settle();
    expect(thread.messages[0]).toMatchObject({ text: 'long', status: 'failed', reason: 'too-long' });
    expect(api.requests).toHaveLength(3);
  });
});

describe('a server that no idempotency key reaches', () => {
  const unreachable: Answer = networkError;

  it('gets what may have arrived again only when the visitor says so', async () => {
    const answers: Answer[] = [
      json({}),
      json({ reply: '1' }),
      unreachable,
      json({ reply: '3' }),
      json({ reply: '2' }),
    ];
    const { chat, texts, api, thread } = setUpChat(
      refusingOptionalHeaders((request) => (answers.shift() ?? status(500))(request)),
    );
    for (const text of ['one', 'two', 'three']) chat.send(text);
    await settle();
    expect(texts().slice(0, 3)).toEqual(['user: one (sent)', 'user: two (failed)', 'user: three (sent)']);
    chat.resume();
    await settle();
    const bare = () =>
      api.requests.filter(({ headers, method }) => method === 'POST' && !('idempotency-key' in headers));
    expect(bare().map(({ body }) => (body as { message: string }).message)).toEqual(['one', 'two', 'three']);
    chat.retry(thread.messages[1]?.id ?? '');
    await settle();
    expect(bare().map(({ body }) => (body as { message: string }).message)).toEqual([
      'one',
      'two',
      'three',
      'two',
    ]);
  });

  it('gets what waited for the connection, which has never left', async () => {
    const { api, thread, plan, texts } = setUpChat(refusingOptionalHeaders(json({ reply: 'ok' })));
    let online = true;
    const quiet = { onMessage: () => undefined, onBusy: () => undefined, onError: () => undefined };
    const chat = new ChatSession(
      thread,
      () => plan,
      quiet,
      () => online,
    );
    chat.send('one');
    await settle();
    online = false;
    for (const text of ['two', 'three']) chat.send(text);
    await settle();
    online = true;
    chat.resume();
    await settle();
    expect(texts().slice(0, 4)).toEqual([
      'user: one (sent)',
      'agent: ok (sent)',
      'user: two (sent)',
      'user: three (sent)',
    ]);
    expect(api.requests.filter(({ method }) => method === 'POST')).toHaveLength(4);
  });
});

describe('offline', () => {
  it('nothing is tried; all of it goes out in order when the connection is back', async () => {
    const { api, thread, plan, texts } = setUpChat(json({ reply: 'ok' }));
    let online = false;
    const told = { onMessage: () => undefined, onBusy: () => undefined, onError: () => undefined };
    const chat = new ChatSession(
      thread,
      () => plan,
      told,
      () => online,
    );
    for (const text of ['one', 'two', 'three']) chat.send(text);
    await settle();
    expect(api.requests).toHaveLength(0);
    expect(thread.messages[0]).toMatchObject({ status: 'failed', reason: 'offline' });
    online = true;
    chat.resume();
    await settle();
    expect(api.requests.map(({ body }) => (body as { message: string }).message)).toEqual([
      'one',
      'two',
      'three',
    ]);
    expect(texts().slice(0, 3)).toEqual(['user: one (sent)', 'user: two (sent)', 'user: three (sent)']);
  });

  it('what failed for another reason is not sent by itself when the connection comes back', async () => {
    const { api, chat } = setUpChat(status(500));
    chat.send('one');
    await settle();
    chat.resume();
    await settle();
    expect(api.requests).toHaveLength(1);
  });
});

describe('a reply that the visitor stops', () => {
  it('keeps what came of it, and its question is sent', async () => {
    const stream = liveStream();
    const { chat, texts, told } = setUpChat(stream.answer);
    chat.send('Hello');
    await settle();
    await stream.send({ delta: 'Good mor' });
    chat.stop();
    await settle();
    expect(texts()).toEqual(['user: Hello (sent)', 'agent: Good mor (sent)']);
    expect(told.errors).toEqual([]);
    expect(chat.busy).toBe(false);
  });

  it('before any of it came, leaves a question that can be asked again with its key', async () => {
    const { chat, thread, keys } = setUpChat(silence, json({ reply: 'Hi' }));
    chat.send('Hello');
    await settle();
    chat.stop();
    await settle();
    expect(thread.messages).toMatchObject([{ status: 'failed', reason: 'stopped' }]);
    chat.retry(thread.messages[0]?.id ?? '');
    await settle();
    expect(thread.messages).toMatchObject([{ status: 'sent' }, { text: 'Hi' }]);
    expect(keys()[1]).toBe(keys()[0]);
  });

  it('lets the next question go on', async () => {
    const { chat, texts } = setUpChat(silence, json({ reply: '2' }));
    chat.send('one');
    chat.send('two');
    await settle();
    chat.stop();
    await settle();
    expect(texts()).toEqual(['user: one (failed)', 'user: two (sent)', 'agent: 2 (sent)']);
  });
});

describe('a streamed reply', () => {
  it('grows in the conversation, and is told when it is whole', async () => {
    const { answer, send } = liveStream();
    const { chat, thread, texts, told } = setUpChat(answer);
    chat.send('Hello');
    await send({ delta: 'How ' });
    expect(texts()).toEqual(['user: Hello (sending)', 'agent: How  (arriving)']);
    await send({ delta: 'are you?' });
    expect(texts()[1]).toBe('agent: How are you? (arriving)');
    expect(thread.messages.map(({ channel }) => channel)).toEqual(['chat', 'chat']);
    expect(told.messages).toEqual([]);
    await send({ done: true, sessionId: 'session_1' });
    expect(texts()).toEqual(['user: Hello (sent)', 'agent: How are you? (sent)']);
    expect(told.messages.map(({ role }) => role)).toEqual(['user', 'agent']);
  });

  const half = 'data: {"delta":"Half a sen"}\n\n';
  const stream = (text: string, end: 'complete' | 'breaks' = 'complete') =>
    streamed([text], { type: 'text/event-stream', end });

  it.each([
    ['is cut', stream(half, 'breaks'), 'timeout'],
    ['fails by an error', stream(`${half}data: {"error":"overloaded"}\n\n`), 'server-error'],
    ['fails by the name of an event', stream(`${half}event: error\ndata: overloaded\n\n`), 'server-error'],
    ['cannot be read on', stream(`${half}data: {broken\n\n`), 'invalid-response'],
  ])(
    'that %s is no whole reply: its words stay, and another try brings all of it',
    async (_how, broken, reason) => {
      const { chat, thread, texts, told, keys } = setUpChat(broken, json({ reply: 'Half a sentence more' }));
      chat.send('Hello');
      await settle();
      expect(texts()).toEqual(['user: Hello (failed)', 'agent: Half a sen (failed)']);
      expect(thread.messages).toMatchObject([{ reason }, { reason: 'incomplete' }]);
      expect(told.messages).toEqual([]);
      chat.retry(thread.messages[1]?.id ?? '');
      expect(texts()).toEqual(['user: Hello (sending)', 'agent: Half a sen (arriving)']);
      await settle();
      expect(texts()).toEqual(['user: Hello (sent)', 'agent: Half a sentence more (sent)']);
      expect(thread.messages[1]?.reason).toBeUndefined();
      expect(keys()).toEqual([keys()[0], keys()[0]]);
      expect(told.messages.map(({ text }) => text)).toEqual(['Hello', 'Half a sentence more']);
    },
  );

  it('that breaks off holds back what was asked behind it, in its order', async () => {
    const { chat, api, thread, texts } = setUpChat(stream(half, 'breaks'), json({ reply: 'ok' }));
    for (const text of ['one', 'two']) chat.send(text);
    await settle();
    expect(texts()).toEqual(['user: one (failed)', 'user: two (failed)', 'agent: Half a sen (failed)']);
    chat.send('three');
    await settle();
    expect(api.requests.map(({ body }) => (body as { message: string }).message)).toEqual([
      'one',
      'one',
      'two',
      'three',
    ]);
    expect(thread.messages.every(({ status: how }) => how === 'sent')).toBe(true);
  });

  it('that breaks off keeps its words when another try brings none, and gives them up when nothing is to be said', async () => {
    const { chat, thread, texts } = setUpChat(
      stream(half, 'breaks'),
      status(503),
      () => new Response(null, { status: 204 }),
    );
    chat.send('Hello');
    await settle();
    chat.retry(thread.messages[0]?.id ?? '');
    await settle();
    expect(texts()).toEqual(['user: Hello (failed)', 'agent: Half a sen (failed)']);
    chat.retry(thread.messages[0]?.id ?? '');
    await settle();
    expect(texts()).toEqual(['user: Hello (sent)']);
  });

  it('that a page leaves in its midst is no whole reply on the next page', async () => {
    const { chat, thread } = setUpChat(streamed([half], { type: 'text/event-stream', end: 'stays-open' }));
    chat.send('Hello');
    await settle();
    const items = new Map<string, string>();
    const store = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
    };
    const storage = new ThreadStorage('agent_1', () => store);
    storage.save(thread.toRecord());
    expect(storage.load()?.messages).toMatchObject([
      { text: 'Hello', status: 'failed', reason: 'interrupted' },
      { text: 'Half a sen', status: 'failed', reason: 'incomplete' },
    ]);
  });

  it('that just ends is whole', async () => {
    const { chat, texts } = setUpChat(stream(half));
    chat.send('Hello');
    await settle();
    expect(texts()).toEqual(['user: Hello (sent)', 'agent: Half a sen (sent)']);
  });

  it('to a conversation that was cleared meanwhile does not come back', async () => {
    const { answer, send } = liveStream();
    const { chat, thread, told, texts } = setUpChat(answer);
    chat.send('Hello');
    await send({ delta: 'How ' });
    thread.clear();
    await send({ delta: 'are you?' });
    expect(texts()).toEqual([]);
    await send({ done: true, sessionId: 'session_1' });
    expect(texts()).toEqual([]);
    expect(thread.sessionId).toBeNull();
    expect(told.messages).toEqual([]);
  });
});

describe('a conversation that was cleared', () => {
  it('takes no reply, whole or failed, to what was asked before', async () => {
    const { answer, reply, open } = lateAnswers();
    const { chat, thread, told } = setUpChat(answer);
    chat.send('one');
    await settle();
    thread.clear();
    await reply(0, { reply: '1', sessionId: 'session_1' });
    chat.send('two');
    await settle();
    thread.clear();
    open[1]?.reject(new TypeError('Failed to fetch'));
    await settle();
    expect(thread.toRecord()).toMatchObject({ session: null, messages: [] });
    expect(told.messages).toEqual([]);
  });

  it('does not send what was still waiting', async () => {
    const { answer, reply, open } = lateAnswers();
    const { chat, thread } = setUpChat(answer);
    for (const text of ['one', 'two', 'three']) chat.send(text);
    await settle();
    thread.clear();
    await reply(0, { reply: '1' });
    expect(open).toHaveLength(1);
    expect(chat.busy).toBe(false);
  });
});

describe('going away', () => {
  it('cancels what is being sent and sends nothing more', async () => {
    const { chat, api, told, texts } = setUpChat(silence);
    for (const text of ['one', 'two']) chat.send(text);
    await settle();
    chat.dispose();
    await settle();
    expect(api.requests).toHaveLength(1);
    expect(api.requests[0]?.init.signal?.aborted).toBe(true);
    expect(texts()).toEqual(['user: one (sending)', 'user: two (sending)']);
    expect(told).toMatchObject({ messages: [], errors: [] });
  });

  it('leaves a growing reply as it is', async () => {
    const { answer, send } = liveStream();
    const { chat, told, texts } = setUpChat(answer);
    chat.send('Hello');
    await send({ delta: 'How ' });
    chat.dispose();
    await send({ delta: 'are you?' });
    await send({ done: true });
    expect(texts()).toEqual(['user: Hello (sending)', 'agent: How  (arriving)']);
    expect(told).toMatchObject({ messages: [], errors: [] });
  });
});
