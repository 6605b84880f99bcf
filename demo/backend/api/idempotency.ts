import { createHash } from 'node:crypto';
import { HttpError } from '../http/http-error.js';

interface StoredAnswer {
  status: number;
  headers: [string, string][];
  body: ArrayBuffer;
}

interface Entry {
  bodyHash: string;
  /** Undefined where the answer was not one to keep. */
  answer: Promise<StoredAnswer | undefined>;
}

const mostEntries = 1_000;

/**
 * `Idempotency-Key`: the same key with the same body gets the same answer, also while the first one is still being
 * made; with another body it is a mistake (409). Only successes are kept: a retry of a 429 or a 503 must be tried.
 */
export class IdempotencyStore {
  readonly #entries = new Map<string, Entry>();

  async run(scope: string, body: string, make: () => Promise<Response>): Promise<Response> {
    const bodyHash = createHash('sha256').update(body).digest('hex');
    for (let entry = this.#entries.get(scope); entry; entry = this.#entries.get(scope)) {
      if (entry.bodyHash !== bodyHash) {
        throw new HttpError(409, 'idempotency_conflict', 'This Idempotency-Key was used with another body.');
      }
      const answer = await entry.answer;
      if (answer) return new Response(answer.body, answer);
      // The first one failed and is forgotten: this one has its turn, unless yet another took it.
      if (this.#entries.get(scope) === entry) this.#entries.delete(scope);
    }
    return this.#makeAndKeep(scope, bodyHash, make);
  }

  async #makeAndKeep(scope: string, bodyHash: string, make: () => Promise<Response>): Promise<Response> {
    let keep!: (answer: StoredAnswer | undefined) => void;
    const answer = new Promise<StoredAnswer | undefined>((resolve) => (keep = resolve));
    const entry: Entry = { bodyHash, answer };
    this.#entries.set(scope, entry);
    this.#dropOldest();
    const forget = (): void => {
      if (this.#entries.get(scope) === entry) this.#entries.delete(scope);
      keep(undefined);
    };
    try {
      const response = await make();
      if (!response.ok) {
        forget();
        return response;
      }
      // Cloned, so that a stream reaches its first reader as it is written and is kept whole all the same.
      const copy = response.clone();
      copy
        .arrayBuffer()
        .then((body) => keep({ status: copy.status, headers: [...copy.headers], body }), forget);
      return response;
    } catch (error) {
      forget();
      throw error;
    }
  }

  #dropOldest(): void {
    const oldest = this.#entries.size > mostEntries ? this.#entries.keys().next().value : undefined;
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}
