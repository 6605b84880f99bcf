import type { Thread, ThreadState } from './thread.js';
import { afterPage, pastTime, readMessages, type ThreadMessage } from './thread-message.js';
import { readSession } from './thread-storage.js';

/** The part of `BroadcastChannel` that is used. */
export type Channel = Pick<BroadcastChannel, 'postMessage' | 'close' | 'addEventListener'>;

type Letter = { type: 'hello' } | ({ type: 'state'; removed: string[] } & ThreadState);

/**
 * Keeps the thread the same in all tabs of this site. Each tab sends its changes; a new tab asks, and the others send it the
 * whole conversation. Received messages are merged, so that the order of arrival does not matter.
 */
export class ThreadSync {
  readonly #thread: Thread;
  readonly #channel: Channel;
  /** Each message as it was last sent to, or received from, the other tabs. */
  #told = new Map<string, ThreadMessage>();
  #toldSession: ThreadState['session'] = null;
  #toldClearedAt = 0;

  constructor(thread: Thread, channel: Channel) {
    this.#thread = thread;
    this.#channel = channel;
    channel.addEventListener('message', ({ data }) => this.#receive(data));
    this.#post({ type: 'hello' });
  }

  /** Sends the changes since the last call to the other tabs; nothing when there are none. */
  publish(): void {
    const { messages, session, clearedAt } = this.#thread;
    const changed = messages.filter((message) => this.#told.get(message.id) !== message);
    const present = new Set(messages.map(({ id }) => id));
    const removed = [...this.#told.keys()].filter((id) => !present.has(id));
    const isSame = session === this.#toldSession && clearedAt === this.#toldClearedAt;
    this.#remember();
    if (changed.length > 0 || removed.length > 0 || !isSame)
      this.#post({ type: 'state', messages: changed, removed, session, clearedAt });
  }

  /**
   * Called when the page goes away. Hands unfinished messages to the other tabs as failed, so that they can be sent again there
   * with the same key.
   */
  leave(): void {
    const { messages, session, clearedAt } = this.#thread;
    const broken = messages.filter(({ status }) => status === 'sending' || status === 'arriving');
    const left = broken.map((message) => ({ ...afterPage(message), rev: (message.rev ?? 0) + 1 }));
    if (left.length > 0) this.#post({ type: 'state', messages: left, removed: [], session, clearedAt });
    this.#channel.close();
  }

  #receive(data: unknown): void {
    const letter = readLetter(data);
    if (!letter) return;
    if (letter.type === 'hello') {
      const { messages, session, clearedAt } = this.#thread;
      this.#post({ type: 'state', messages: [...messages], removed: [], session, clearedAt });
      return;
    }
    this.#thread.merge(letter);
    for (const id of letter.removed) if (this.#told.has(id)) this.#thread.remove(id);
    // Messages that came from the other tab are not sent back.
    const theirs = new Set(letter.messages);
    for (const message of this.#thread.messages) if (theirs.has(message)) this.#told.set(message.id, message);
    for (const id of letter.removed) this.#told.delete(id);
    this.#toldSession = this.#thread.session;
    this.#toldClearedAt = this.#thread.clearedAt;
  }

  #remember(): void {
    const { messages, session, clearedAt } = this.#thread;
    this.#told = new Map(messages.map((message) => [message.id, message]));
    this.#toldSession = session;
    this.#toldClearedAt = clearedAt;
  }

  #post(letter: Letter): void {
    try {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A BroadcastChannel reaches its own origin only.
      this.#channel.postMessage(letter);
    } catch {
      // The channel is closed, since the page was left.
    }
  }
}

function readLetter(data: unknown): Letter | null {
  const { type, messages, removed, session, clearedAt } = (data ?? {}) as Record<string, unknown>;
  if (type === 'hello') return { type };
  if (type !== 'state' || !Array.isArray(messages)) return null;
  const now = Date.now();
  return {
    type,
    messages: readMessages(messages, now),
    removed: Array.isArray(removed) ? removed.filter((id) => typeof id === 'string') : [],
    session: readSession(session, now),
    clearedAt: pastTime(clearedAt, now, 0),
  };
}
