import { randomId } from '../wire/random-id.js';
import { isNewer, type ThreadMessage } from './thread-message.js';

/** The id by which the API knows the conversation. */
export interface ChatSessionId {
  id: string;
  /** When the id was received, in milliseconds since the epoch: of two tabs' ids the later one is right. */
  at: number;
}

/** The conversation as one tab sends it to another, or stores it for a later page. */
export interface ThreadState {
  session: ChatSessionId | null;
  messages: ThreadMessage[];
  /** Messages up to this time were cleared, in milliseconds since the epoch. */
  clearedAt: number;
}

/** The conversation as it is stored over a reload. */
export interface ThreadRecord extends ThreadState {
  draft: string;
}

/** The oldest messages beyond this number are dropped: nobody reads back further. */
const MAX_MESSAGES = 10_000;

/** The one conversation of the page: calls and chat write into the same list, and so do the site's other tabs. */
export class Thread {
  #messages: readonly ThreadMessage[] = [];
  #session: ChatSessionId | null = null;
  #clearedAt = 0;
  #draft = '';
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get messages(): readonly ThreadMessage[] {
    return this.#messages;
  }

  get clearedAt(): number {
    return this.#clearedAt;
  }

  get session(): ChatSessionId | null {
    return this.#session;
  }

  get sessionId(): string | null {
    return this.#session?.id ?? null;
  }

  set sessionId(id: string | null) {
    if (id === this.sessionId) return;
    this.#session = id === null ? null : { id, at: this.now() };
    this.#onChange();
  }

  get draft(): string {
    return this.#draft;
  }

  set draft(draft: string) {
    this.#draft = draft;
    this.#onChange();
  }

  /** The time of a new message: later than the last clearing, even in the same millisecond. */
  now(): number {
    return Math.max(Date.now(), this.#clearedAt + 1);
  }

  find(id: string): ThreadMessage | undefined {
    return this.#messages.find((message) => message.id === id);
  }

  /**
   * Adds the text that the visitor has just typed as a `sending` message. Its idempotency key stays the same however often it is
   * sent.
   */
  addTyped(text: string): ThreadMessage {
    const message: ThreadMessage = {
      id: randomId(),
      role: 'user',
      text,
      channel: 'chat',
      status: 'sending',
      at: this.now(),
      idempotencyKey: randomId(),
    };
    this.put(message);
    return message;
  }

  /** Adds the message, or replaces the one with its id. */
  put(message: ThreadMessage): void {
    const index = this.#messages.findIndex((each) => each.id === message.id);
    const rev = (this.#messages[index]?.rev ?? 0) + 1;
    const changed = { ...message, rev };
    this.#replace(index === -1 ? [...this.#messages, changed] : this.#messages.with(index, changed));
  }

  patch(id: string, changes: Partial<ThreadMessage>): void {
    const message = this.find(id);
    if (message) this.put({ ...message, ...changes });
  }

  remove(id: string): void {
    this.#replace(this.#messages.filter((message) => message.id !== id));
  }

  /** Removes a message and puts its text in front of the present draft. */
  takeBack(id: string): void {
    const text = this.find(id)?.text ?? '';
    this.#draft = this.#draft === '' ? text : `${text}\n${this.#draft}`;
    this.remove(id);
  }

  /** Merges the state of another tab: no message twice, none lost, and of each message its later state. */
  merge({ messages, session, clearedAt }: ThreadState): void {
    this.#clearedAt = Math.max(this.#clearedAt, clearedAt);
    if (session && session.at > Math.max(this.#session?.at ?? 0, this.#clearedAt)) this.#session = session;
    if (this.#session && this.#session.at <= this.#clearedAt) this.#session = null;
    const indexes = new Map(this.#messages.map(({ id }, index) => [id, index]));
    const merged = [...this.#messages];
    let isInOrder = true;
    for (const theirs of messages) {
      const index = indexes.get(theirs.id);
      const ours = index === undefined ? undefined : merged[index];
      if (index !== undefined && ours && isNewer(theirs, ours)) merged[index] = theirs;
      if (index !== undefined) continue;
      isInOrder &&= theirs.at >= (merged.at(-1)?.at ?? 0);
      indexes.set(theirs.id, merged.push(theirs) - 1);
    }
    const kept = merged.filter((message) => message.at > this.#clearedAt);
    // The sort is stable: messages of the same millisecond keep their order.
    this.#replace(isInOrder ? kept : kept.toSorted((one, other) => one.at - other.at));
  }

  /** Starts a new conversation, here and in the site's other tabs. */
  clear(): void {
    this.#clearedAt = this.#messages.reduce((latest, { at }) => Math.max(latest, at), Date.now());
    this.#session = null;
    this.#draft = '';
    this.#replace([]);
  }

  /** Replaces this conversation by a stored one. */
  restore(record: ThreadRecord): void {
    this.#session = record.session;
    this.#clearedAt = record.clearedAt;
    this.#draft = record.draft;
    this.#replace(record.messages);
  }

  toRecord(): ThreadRecord {
    const { messages, session, clearedAt, draft } = this;
    return { messages: [...messages], session, clearedAt, draft };
  }

  #replace(messages: readonly ThreadMessage[]): void {
    this.#messages = messages.length > MAX_MESSAGES ? messages.slice(-MAX_MESSAGES) : messages;
    this.#onChange();
  }
}

export const EMPTY_RECORD: ThreadRecord = { session: null, messages: [], clearedAt: 0, draft: '' };
