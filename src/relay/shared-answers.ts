import { isTooLarge, KEPT_FOR_MS, type AnswerMemory, type RunOptions } from './idempotency-cache.js';
import type { AnswerStore } from './answer-store.js';
import { RelayError, type RelayErrorCode } from './relay-error.js';
import { within } from './within.js';

/** What is stored under a key. Without `answer` and `failure` the answer is still being made. */
interface Entry {
  question: string;
  answer?: { value: unknown };
  failure?: { code: RelayErrorCode; status: number; retryAfterSeconds?: number; upstreamStatus?: number };
}

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;
/** The page waits this long at most until its answer, which exists already, is stored. */
const LONGEST_FINISH_MS = 2_000;

/**
 * Like `IdempotencyCache`, for instances that share a store. The instance that stores the key first makes the answer; the
 * others wait for it.
 */
export class SharedAnswers implements AnswerMemory {
  readonly #store: AnswerStore;
  readonly #timeoutMs: number;

  constructor(store: AnswerStore, timeoutMs: number) {
    this.#store = store;
    this.#timeoutMs = timeoutMs;
  }

  async run<T>(
    key: string,
    question: string,
    make: () => Promise<T>,
    { keepFailures, admit }: RunOptions,
  ): Promise<T> {
    const found = await this.#ask(this.#store.begin(key, write({ question }), KEPT_FOR_MS));
    if (found !== null) return this.#await<T>(key, question, found);
    try {
      await admit?.();
    } catch (error) {
      await this.#finish(key, null);
      throw error;
    }
    try {
      const value = await make();
      const isKept = keepFailures || !isTooLarge(value);
      await this.#finish(key, isKept ? { question, answer: { value } } : null);
      return value;
    } catch (error) {
      await this.#finish(key, keepFailures ? { question, failure: readFailure(error) } : null);
      throw error;
    }
  }

  /**
   * Waits for the answer of another instance, and never makes it instead: if that instance is gone, nobody knows how far it
   * came.
   */
  async #await<T>(key: string, question: string, found: string): Promise<T> {
    const deadline = Date.now() + this.#timeoutMs;
    let text: string | null = found;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
      // An entry that was removed again was refused, or too large to keep.
      if (text === null) throw new RelayError('store_failed', { retryAfterSeconds: 1 });
      const { question: asked, answer, failure } = readEntry(text);
      if (asked !== question) throw new RelayError('idempotency_conflict');
      if (answer) return answer.value as T;
      if (failure) throw new RelayError(failure.code, failure);
      if (Date.now() >= deadline) throw new RelayError('store_failed', { retryAfterSeconds: 1 });
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      text = await this.#ask(this.#store.read(key));
    }
  }

  /**
   * Stores an answer. If that fails, the page still gets its answer: the key stays as it was, and no instance makes the answer
   * again.
   */
  async #finish(key: string, entry: Entry | null): Promise<void> {
    try {
      const finished = this.#store.finish(key, entry && write(entry), KEPT_FOR_MS);
      await within(Math.min(this.#timeoutMs, LONGEST_FINISH_MS), finished);
    } catch {
      // Ignored, for the reason given above.
    }
  }

  async #ask<T>(answer: Promise<T>): Promise<T> {
    try {
      return await within(this.#timeoutMs, answer, 'store_failed');
    } catch (error) {
      throw new RelayError('store_failed', { cause: error });
    }
  }
}

function write(entry: Entry): string {
  return JSON.stringify(entry);
}

/** Reads an entry. Throws `store_failed` when the store holds anything else. */
function readEntry(text: string): Entry {
  try {
    const entry = JSON.parse(text) as Entry | null;
    if (typeof entry?.question === 'string') return entry;
  } catch {
    // No JSON: throws below.
  }
  throw new RelayError('store_failed');
}

function readFailure(error: unknown): NonNullable<Entry['failure']> {
  const { code, status, retryAfterSeconds, upstreamStatus } =
    error instanceof RelayError ? error : new RelayError('relay_failed');
  return {
    code,
    status,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(upstreamStatus !== undefined && { upstreamStatus }),
  };
}
