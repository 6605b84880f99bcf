import { randomId } from '../api/random-id.js';

/** One line of the conversation, whatever way it came: typed, replied, or spoken in a call. */
export interface ThreadMessage {
  id: string;
  role: 'user' | 'agent';
  text: string;
  channel: 'chat' | 'voice';
  /** `sending` and `failed` are for what the visitor typed; `arriving` for a reply or a sentence that still grows. */
  status: 'sending' | 'sent' | 'failed' | 'arriving';
  /** Milliseconds since the epoch. */
  at: number;
  /** Of a typed message: the same key when it is sent again, so that it is never answered twice. */
  idempotencyKey?: string;
  /** Why it failed. */
  reason?: string;
}

/** What is kept over a reload. */
export interface ThreadRecord {
  sessionId: string | null;
  messages: ThreadMessage[];
  draft: string;
}

/** Older messages go first; a conversation of this length has been read. */
const MAX_MESSAGES = 500;

/** The one conversation of the page: calls and chat write into the same list. */
export class Thread {
  #messages: readonly ThreadMessage[] = [];
  #sessionId: string | null = null;
  #draft = '';
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get messages(): readonly ThreadMessage[] {
    return this.#messages;
  }

  get sessionId(): string | null {
    return this.#sessionId;
  }

  set sessionId(sessionId: string | null) {
    this.#sessionId = sessionId;
    this.#onChange();
  }

  get draft(): string {
    return this.#draft;
  }

  set draft(draft: string) {
    this.#draft = draft;
    this.#onChange();
  }

  find(id: string): ThreadMessage | undefined {
    return this.#messages.find((message) => message.id === id);
  }

  /** Adds what the visitor has just typed, on its way, with the key that it keeps however often it is sent. */
  addTyped(text: string): ThreadMessage {
    const message: ThreadMessage = {
      id: randomId(),
      role: 'user',
      text,
      channel: 'chat',
      status: 'sending',
      at: Date.now(),
      idempotencyKey: randomId(),
    };
    this.put(message);
    return message;
  }

  /** Adds the message, or replaces the one with its id. */
  put(message: ThreadMessage): void {
    const index = this.#messages.findIndex((each) => each.id === message.id);
    const next = index === -1 ? [...this.#messages, message] : this.#messages.with(index, message);
    this.#messages = next.slice(-MAX_MESSAGES);
    this.#onChange();
  }

  patch(id: string, changes: Partial<ThreadMessage>): void {
    const message = this.find(id);
    if (message) this.put({ ...message, ...changes });
  }

  remove(id: string): void {
    this.#messages = this.#messages.filter((message) => message.id !== id);
    this.#onChange();
  }

  clear(): void {
    this.restore({ sessionId: null, messages: [], draft: '' });
  }

  restore(record: ThreadRecord): void {
    this.#messages = record.messages.slice(-MAX_MESSAGES);
    this.#sessionId = record.sessionId;
    this.#draft = record.draft;
    this.#onChange();
  }

  toRecord(): ThreadRecord {
    return { sessionId: this.#sessionId, messages: [...this.#messages], draft: this.#draft };
  }
}
