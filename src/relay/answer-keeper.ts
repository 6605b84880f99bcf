import { RelayError } from './relay-error.js';

interface Entry {
  /** What was asked: the same key with another question is a mistake. */
  question: string;
  answer: Promise<unknown>;
  forgetAt: number;
}

export interface KeepOptions {
  /** A failure is an answer too: a paid call is not asked for twice, since nobody knows how far the first one came. */
  keepFailures: boolean;
}

const KEPT_FOR_MS = 10 * 60_000;
const MOST_ENTRIES = 2_000;
/** A larger answer is given, and not remembered. */
const LARGEST_KEPT_CHARS = 16_384;

/**
 * `Idempotency-Key` for upstreams that know none: the same key gets the first answer, also while that one is still being
 * made. In the memory of this process, and bounded.
 */
export class AnswerKeeper {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Whether something is remembered under this key, or just being made. */
  has(key: string): boolean {
    return (this.#entries.get(key)?.forgetAt ?? 0) > this.#now();
  }

  async run<T>(
    key: string,
    question: string,
    make: () => Promise<T>,
    { keepFailures }: KeepOptions,
  ): Promise<T> {
    const known = this.#entries.get(key);
    if (known && this.has(key)) {
      if (known.question !== question) throw new RelayError('idempotency_conflict');
      return known.answer as Promise<T>;
    }
    const answer = make();
    const entry = { question, answer, forgetAt: this.#now() + KEPT_FOR_MS };
    this.#add(key, entry);
    const forget = (): void => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    };
    answer.then(
      (value) => JSON.stringify(value).length > LARGEST_KEPT_CHARS && forget(),
      () => !keepFailures && forget(),
    );
    return answer;
  }

  #add(key: string, entry: Entry): void {
    // The map is in the order of their end.
    this.#entries.delete(key);
    for (const [oldest, { forgetAt }] of this.#entries) {
      if (forgetAt > this.#now() && this.#entries.size < MOST_ENTRIES) break;
      this.#entries.delete(oldest);
    }
    this.#entries.set(key, entry);
  }
}
