import * as fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { WidgetClient } from '../../../src/api/widget-client.js';
import { ChatSession } from '../../../src/chat/chat-session.js';
import { replyIdOf } from '../../../src/chat/thread-message.js';
import { ThreadStorage } from '../../../src/chat/thread-storage.js';
import { ThreadSync, type Channel } from '../../../src/chat/thread-sync.js';
import { EMPTY_RECORD, Thread } from '../../../src/chat/thread.js';
import { streamOf } from '../api/fake-api.js';

// Fetched with the first message; from then on it takes no time.
beforeAll(() => import('../../../src/api/read-chat-answer.js'));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How the server treats the request that has waited longest. */
const FATES = ['reply', 'stream', 'half', 'half-error', 'lost', 'dropped', 503, 413] as const;
type Fate = (typeof FATES)[number];

interface Waiting {
  text: string;
  key: string;
  resolve(response: Response): void;
  reject(error: unknown): void;
}

const replyTo = (text: string): string => `The whole reply to ${text}`;

/** Knows each request by its key, as the platform does: the same one is carried out once, and answered as before. */
class Server {
  /** Texts, in the order in which they were first carried out. */
  readonly carriedOut: string[] = [];
  readonly keys = new Map<string, Set<string>>();
  readonly tooLong = new Set<string>();
  waiting: Waiting[] = [];

  readonly fetch: typeof fetch = (_input, init = {}) => {
    // Whether the headers get through: they do.
    if (init.method === 'GET') return Promise.resolve(new Response(null, { status: 404 }));
    const { message } = JSON.parse(init.body as string) as { message: string };
    const key = new Headers(init.headers).get('idempotency-key') ?? 'none';
    this.keys.set(message, (this.keys.get(message) ?? new Set()).add(key));
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { text: message, key, resolve, reject };
      this.waiting.push(waiting);
      init.signal?.addEventListener('abort', () => {
        this.waiting = this.waiting.filter((each) => each !== waiting);
        reject(init.signal?.reason);
      });
    });
  };

  answer(fate: Fate): void {
    const waiting = this.waiting.shift();
    if (!waiting) return;
    const { text, resolve, reject } = waiting;
    const isKnown = this.carriedOut.includes(text) || this.tooLong.has(text);
    if (fate === 'dropped') return reject(new TypeError('Failed to fetch'));
    if (fate === 503 || (fate === 413 && !isKnown)) {
      if (fate === 413) this.tooLong.add(text);
      return resolve(Response.json({}, { status: fate }));
    }
    if (this.tooLong.has(text)) return resolve(Response.json({}, { status: 413 }));
    if (!isKnown) this.carriedOut.push(text);
    if (fate === 'lost') return reject(new TypeError('Failed to fetch'));
    if (fate === 'reply' || fate === 413)
      return resolve(Response.json({ reply: replyTo(text), sessionId: 's' }));
    resolve(streamed(fate, replyTo(text)));
  }
}

function streamed(fate: Fate, reply: string): Response {
  const say = (delta: string): string => `data: ${JSON.stringify({ delta })}\n\n`;
  const [start, rest] = [say(reply.slice(0, 9)), say(reply.slice(9))];
  const headers = { 'content-type': 'text/event-stream' };
  if (fate === 'stream')
    return new Response(streamOf([start, 'data: ping\n\n', rest, 'data: [DONE]\n\n']), { headers });
  if (fate === 'half-error')
    return new Response(streamOf([start, 'event: error\ndata: overloaded\n\n']), { headers });
  return new Response(streamOf([start], { end: 'breaks' }), { headers });
}

interface Tab {
  thread: Thread;
  chat: ChatSession;
  /** Keeps what changed, and tells the other tabs. */
  save(): void;
  close(): void;
}

/** One browser: tabs that share a storage and a channel. */
class Site {
  readonly server = new Server();
  online = true;
  tabs: Tab[] = [];
  /** What was typed, in its order. */
  readonly typed: string[] = [];
  readonly #items = new Map<string, string>();
  readonly #boxes = new Set<EventTarget>();

  open(): void {
    const storage = new ThreadStorage('agent_1', () => ({
      getItem: (key) => this.#items.get(key) ?? null,
      setItem: (key, value) => void this.#items.set(key, value),
      removeItem: (key) => void this.#items.delete(key),
    }));
    const box = new EventTarget();
    this.#boxes.add(box);
    const channel: Channel = {
      addEventListener: box.addEventListener.bind(box),
      postMessage: (data: unknown) => {
        for (const other of this.#boxes)
          if (other !== box)
            other.dispatchEvent(new MessageEvent('message', { data: structuredClone(data) }));
      },
      close: () => void this.#boxes.delete(box),
    };
    const thread = new Thread(() => undefined);
    thread.restore(storage.load() ?? EMPTY_RECORD);
    const sync = new ThreadSync(thread, channel);
    const client = new WidgetClient({ fetch: this.server.fetch, maxRetries: 0 });
    const quiet = { onMessage: () => undefined, onBusy: () => undefined, onError: () => undefined };
    const plan = { agentId: 'agent_1', client, body: {} };
    const chat = new ChatSession(
      thread,
      () => plan,
      quiet,
      () => this.online,
    );
    const save = (): void => {
      storage.save(thread.toRecord());
      sync.publish();
    };
    const close = (): void => {
      save();
      sync.leave();
      chat.dispose();
    };
    this.tabs.push({ thread, chat, save, close });
  }

  /** Everything that needs no time, and a moment more: then each tab has kept and told what changed. */
  async settle(): Promise<void> {
    await vi.advanceTimersByTimeAsync(5);
    for (const { save } of this.tabs) save();
  }

  async take(step: Step): Promise<void> {
    const tab = this.tabs[step.tab % this.tabs.length];
    if (!tab) throw new Error('There is always a tab');
    if (step.do === 'type') {
      const text = `message ${this.typed.length}`;
      this.typed.push(text);
      tab.chat.send(text);
    }
    if (step.do === 'answer') this.server.answer(step.fate);
    if (step.do === 'go offline') this.online = false;
    if (step.do === 'go online' && !this.online) {
      this.online = true;
      for (const { chat } of this.tabs) chat.resume();
    }
    if (step.do === 'press try again') {
      const failed = tab.thread.messages.filter(({ status }) => status === 'failed');
      const one = failed[step.which % failed.length];
      if (one) tab.chat.retry(one.id);
    }
    if (step.do === 'reload') {
      tab.close();
      this.tabs = this.tabs.filter((each) => each !== tab);
      this.open();
    }
    if (step.do === 'open a tab' && this.tabs.length < 3) this.open();
    await this.settle();
  }

  /** The network is good from now on, and the visitor presses what there is to press. */
  async calmDown(): Promise<void> {
    await this.take({ do: 'go online', tab: 0 });
    for (let turn = 0; turn < 200; turn++) {
      await this.take({ do: 'answer', fate: 'reply', tab: 0 });
      if (this.server.waiting.length > 0) continue;
      const failed = this.tabs[0]?.thread.messages.find(
        ({ status, reason }) => status === 'failed' && reason !== 'too-long',
      );
      if (!failed) return;
      this.tabs[0]?.chat.retry(failed.id);
      await this.settle();
    }
    throw new Error('The conversation does not come to rest');
  }
}

/** What must be true at every moment. */
function expectSound({ server, tabs, typed }: Site): void {
  const { carriedOut, keys } = server;
  for (const [text, each] of keys) expect([text, each.size, each.has('none')]).toEqual([text, 1, false]);
  expect(new Set(carriedOut).size).toBe(carriedOut.length);
  for (const { thread } of tabs) {
    const { messages } = thread;
    expect(messages.filter(({ role }) => role === 'user').map(({ text }) => text)).toEqual(typed);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
    for (const { role, text, status, id } of messages) {
      if (role === 'user' && status === 'sent') expect(carriedOut).toContain(text);
      const question = messages.find((each) => replyIdOf(each.id) === id);
      if (role !== 'agent') continue;
      const whole = replyTo(question?.text ?? 'nobody');
      if (status === 'sent') expect(text).toBe(whole);
      else expect(whole.startsWith(text)).toBe(true);
    }
    expect(messages).toEqual(tabs[0]?.thread.messages);
  }
}

type Step = { tab: number } & (
  | { do: 'type' | 'go offline' | 'go online' | 'reload' | 'open a tab' }
  | { do: 'answer'; fate: Fate }
  | { do: 'press try again'; which: number }
);

const tab = fc.nat(2);
const simple = (...names: ('type' | 'go offline' | 'go online' | 'reload' | 'open a tab')[]) =>
  fc.record({ do: fc.constantFrom(...names), tab });
const answer = fc.record({ do: fc.constant('answer' as const), fate: fc.constantFrom(...FATES), tab });
const press = fc.record({ do: fc.constant('press try again' as const), which: fc.nat(9), tab });

async function everyStepHolds(steps: readonly Step[], afterEachStep?: (site: Site) => void): Promise<Site> {
  const site = new Site();
  site.open();
  for (const step of steps) {
    await site.take(step);
    expectSound(site);
    afterEachStep?.(site);
  }
  await site.calmDown();
  expectSound(site);
  const { typed, server, tabs } = site;
  expect(server.carriedOut.toSorted()).toEqual(typed.filter((text) => !server.tooLong.has(text)).toSorted());
  const replies = tabs[0]?.thread.messages.filter(
    ({ role, status }) => role === 'agent' && status === 'sent',
  );
  expect(replies?.map(({ text }) => text).toSorted()).toEqual(server.carriedOut.map(replyTo).toSorted());
  for (const { chat } of tabs) chat.dispose();
  return site;
}

it('nothing is lost, nothing is sent or answered twice, and all tabs show the same, whatever happens in whatever order', async () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: simple('type') },
    { weight: 6, arbitrary: answer },
    { weight: 2, arbitrary: press },
    { weight: 3, arbitrary: simple('go offline', 'go online', 'reload', 'open a tab') },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const { server, typed } = await everyStepHolds(steps);
      expect(server.carriedOut.length).toBeLessThanOrEqual(typed.length);
    }),
    { numRuns: 300 },
  );
});

it('in one tab the server gets all of it in the order in which it was typed, over failures, breaks of the network and reloads', async () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: simple('type') },
    { weight: 6, arbitrary: answer },
    { weight: 3, arbitrary: simple('go offline', 'go online', 'reload') },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const { server, typed } = await everyStepHolds(steps, ({ server: { waiting } }) =>
        // One after the other.
        expect(waiting.length).toBeLessThanOrEqual(1),
      );
      expect(server.carriedOut).toEqual(typed.filter((text) => !server.tooLong.has(text)));
    }),
    { numRuns: 300 },
  );
});
