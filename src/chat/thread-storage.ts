import type { ThreadMessage, ThreadRecord } from './thread.js';

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const VERSION = 1;

/** A conversation older than this is not brought back. */
const MAX_AGE_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Keeps one thread in the browser's storage. Blocked, full or foreign storage is no error: the conversation then lives
 * as long as the page.
 */
export class ThreadStorage {
  readonly #key: string;
  readonly #store: () => Store | null;
  readonly #now: () => number;

  /** `store` is a function, since merely touching `localStorage` throws where storage is blocked. */
  constructor(agentId: string, store: () => Store | null, now: () => number = Date.now) {
    this.#key = `osmtalk:thread:${agentId}`;
    this.#store = store;
    this.#now = now;
  }

  load(): ThreadRecord | null {
    try {
      const text = this.#store()?.getItem(this.#key);
      return text ? this.#read(JSON.parse(text)) : null;
    } catch {
      return null;
    }
  }

  save(record: ThreadRecord): void {
    try {
      if (record.messages.length === 0 && record.draft === '') this.#store()?.removeItem(this.#key);
      else
        this.#store()?.setItem(this.#key, JSON.stringify({ version: VERSION, at: this.#now(), ...record }));
    } catch {
      // Blocked or full.
    }
  }

  #read(value: unknown): ThreadRecord | null {
    const { version, at, sessionId, messages, draft } = (value ?? {}) as Record<string, unknown>;
    if (
      version !== VERSION ||
      typeof at !== 'number' ||
      this.#now() - at > MAX_AGE_MS ||
      !Array.isArray(messages)
    )
      return null;
    return {
      sessionId: typeof sessionId === 'string' ? sessionId : null,
      messages: messages.filter(isMessage).map(afterReload),
      draft: typeof draft === 'string' ? draft : '',
    };
  }
}

/** What was on its way when the page went away may or may not have arrived: it is offered again, with the same key. */
function afterReload(message: ThreadMessage): ThreadMessage {
  if (message.status === 'sending') return { ...message, status: 'failed' };
  if (message.status === 'arriving') return { ...message, status: 'sent' };
  return message;
}

function isMessage(value: unknown): value is ThreadMessage {
  const message = value as Partial<ThreadMessage> | null;
  return (
    typeof message === 'object' &&
    message !== null &&
    typeof message.id === 'string' &&
    typeof message.text === 'string' &&
    typeof message.at === 'number' &&
    (message.role === 'user' || message.role === 'agent') &&
    (message.channel === 'chat' || message.channel === 'voice') &&
    ['sending', 'sent', 'failed', 'arriving'].includes(message.status ?? '')
  );
}
