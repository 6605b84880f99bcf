import { LONGEST_ID } from '../wire/fields.js';
import { toJson } from '../wire/to-json.js';
import type { ChatSessionId, ThreadRecord } from './thread.js';
import { afterPage, pastTime, readMessages } from './thread-message.js';

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const VERSION = 2;

/** A conversation older than this is not loaded. */
const MAX_AGE_MS = 7 * 24 * 60 * 60 * 1000;

/** The number of messages that are stored: writing more at every change would slow the page down noticeably. */
const MAX_STORED = 500;

/**
 * Keeps one thread in the browser's storage. Never throws: with blocked or foreign storage the conversation lives as long as the
 * page, and in full storage as many of its newest messages are kept as there is room for.
 */
export class ThreadStorage {
  readonly #key: string;
  readonly #store: () => Store | null;
  readonly #now: () => number;

  /** `store` is a function, since merely touching `localStorage` throws where storage is blocked. */
  constructor(key: string, store: () => Store | null, now: () => number = Date.now) {
    this.#key = key;
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
      const store = this.#store();
      if (record.messages.length === 0 && record.draft === '') store?.removeItem(this.#key);
      else if (store) this.#write(store, record);
    } catch {
      // Storage is blocked.
    }
  }

  /**
   * Writes the messages; when storage is full, the newer half of them, then a quarter, and so on. Throws when not even none fit.
   */
  #write(store: Store, record: ThreadRecord): void {
    for (let count = MAX_STORED; ; count = Math.floor(count / 2)) {
      const messages = count === 0 ? [] : record.messages.slice(-count);
      try {
        store.setItem(this.#key, toJson({ version: VERSION, at: this.#now(), ...record, messages }));
        return;
      } catch (error) {
        if (count === 0) throw error;
      }
    }
  }

  #read(value: unknown): ThreadRecord | null {
    const { version, at, session, messages, draft, clearedAt } = (value ?? {}) as Record<string, unknown>;
    const now = this.#now();
    const age = now - pastTime(at, now, -Infinity);
    if (version !== VERSION || age > MAX_AGE_MS || !Array.isArray(messages)) return null;
    return {
      session: readSession(session, now),
      messages: readMessages(messages, now).map(afterPage),
      clearedAt: pastTime(clearedAt, now, 0),
      draft: typeof draft === 'string' ? draft : '',
    };
  }
}

/** Reads a session id from storage or from another tab; `null` when it is none. */
export function readSession(value: unknown, nowMs: number): ChatSessionId | null {
  const { id, at } = (value ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string' || id.length > LONGEST_ID || typeof at !== 'number') return null;
  return { id, at: pastTime(at, nowMs, nowMs) };
}
