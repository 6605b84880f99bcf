import { RelayError } from './relay-error.js';

interface Entry {
  /** What was asked: the same key with another question is a mistake. */
  question: string;
  answer: Promise<unknown>;
  forgetAt: number;
}

export interface RunOptions {
  /** A failure is an answer too: a paid call is not asked for twice, since nobody knows how far the first one came. */
  keepFailures: boolean;
  /** Called before a new answer is made, and for no other. What it throws is answered, and never kept. */
  admit?: () => Promise<void>;
}

/** Where answers to an `Idempotency-Key` are kept. Here alone it is decided whether something is new. */
export interface AnswerMemory {
  run<T>(key: string, question: string, make: () => Promise<T>, options: RunOptions): Promise<T>;
}

export const KEPT_FOR_MS = 10 * 60_000;
const MOST_ENTRIES = 2_000;
/** A larger answer is given, and not remembered. */
const LARGEST_KEPT_CHARS = 16_384;

/**
 * `Idempotency-Key` for upstreams that know none: the same key gets the first answer, also while that one is still being
 * made. In the memory of this process, and bounded.
 */
export class IdempotencyCache implements AnswerMemory {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;
  readonly #whenFull: 'forget' | 'refuse';

  /** `refuse`: rather no new answer than an old one forgotten, and paid for again. */
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
    // The map is in the order of their end.
    this.#entries.delete(key);
    for (const [oldest, { forgetAt }] of this.#entries) {
      const isOver = forgetAt <= this.#now();
      if (!isOver && this.#entries.size < MOST_ENTRIES) break;
      if (!isOver && this.#whenFull === 'refuse') throw new RelayError('store_failed');
      this.#entries.delete(oldest);
    }
  }
}

/** So is what cannot be written: nobody knows how large it is. */
export function isTooLarge(value: unknown): boolean {
  try {
    return (JSON.stringify(value) ?? '').length > LARGEST_KEPT_CHARS;
  } catch {
    return true;
  }
}
