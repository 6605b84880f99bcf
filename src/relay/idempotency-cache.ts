import { RelayError } from './relay-error.js';

interface Entry {
  /** What was asked: the same key with another question is a mistake. */
  question: string;
  answer: Promise<unknown>;
  forgetAt: number;
}

export interface RunOptions {
  /**
   * Whether a failure is kept as the answer, too: a paid call is not requested twice, since nobody knows how far the first one
   * came.
   */
  keepFailures: boolean;
  /** Called before a new answer is made, and for no other. An error that it throws is the answer, and is never kept. */
  admit?: () => Promise<void>;
}

/** Keeps answers by `Idempotency-Key`. Only this decides whether a request is new. */
export interface AnswerMemory {
  run<T>(key: string, question: string, make: () => Promise<T>, options: RunOptions): Promise<T>;
}

export const KEPT_FOR_MS = 10 * 60_000;
const MOST_ENTRIES = 2_000;
/** A larger answer is sent and not kept, except for a paid call. */
const LARGEST_KEPT_CHARS = 16_384;

/**
 * Handles `Idempotency-Key` for upstreams that do not: the same key gets the first answer, also while that one is still being
 * made. Kept in the memory of this process, and bounded.
 */
export class IdempotencyCache implements AnswerMemory {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;
  readonly #whenFull: 'forget' | 'refuse';

  /** With `whenFull` `refuse`, a new answer is refused rather than an old one forgotten, and paid for again. */
  constructor(now: () => number = Date.now, whenFull: 'forget' | 'refuse' = 'forget') {
    this.#now = now;
    this.#whenFull = whenFull;
  }

  async run<T>(
    key: string,
    question: string,
    make: () => Promise<T>,
    { keepFailures, admit }: RunOptions,
  ): Promise<T> {
    const known = this.#entries.get(key);
    if (known && known.forgetAt > this.#now()) {
      if (known.question !== question) throw new RelayError('idempotency_conflict');
      return known.answer as Promise<T>;
    }
    this.#makeRoom(key);
    let isAdmitted = false;
    const admitAndMake = async (): Promise<T> => {
      await admit?.();
      isAdmitted = true;
      return make();
    };
    const answer = admitAndMake();
    const entry = { question, answer, forgetAt: this.#now() + KEPT_FOR_MS };
    this.#entries.set(key, entry);
    const forget = (): void => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    };
    answer.then(
      (value) => !keepFailures && isTooLarge(value) && forget(),
      () => !(keepFailures && isAdmitted) && forget(),
    );
    return answer;
  }

  #makeRoom(key: string): void {
    // The map is in the order in which its entries expire.
    this.#entries.delete(key);
    for (const [oldest, { forgetAt }] of this.#entries) {
      const isOver = forgetAt <= this.#now();
      if (!isOver && this.#entries.size < MOST_ENTRIES) break;
      if (!isOver && this.#whenFull === 'refuse') throw new RelayError('store_failed');
      this.#entries.delete(oldest);
    }
  }
}

/**
 * Whether an answer is too large to be kept. An answer that cannot be written as JSON counts as too large: its size is unknown.
 */
export function isTooLarge(value: unknown): boolean {
  try {
    return (JSON.stringify(value) ?? '').length > LARGEST_KEPT_CHARS;
  } catch {
    return true;
  }
}
