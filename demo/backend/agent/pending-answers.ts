import { randomUUID } from 'node:crypto';

interface Pending {
  resolve: (result: string) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/** Questions that the page was asked and has not answered yet. */
export class PendingAnswers {
  readonly #pending = new Map<string, Pending>();

  /** Asks under a new id; rejects when no answer comes in time. */
  ask(timeoutMs: number, send: (id: string) => void): Promise<string> {
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new Error('The page did not answer in time.'));
      }, timeoutMs);
      this.#pending.set(id, { resolve, reject, timer });
      send(id);
    });
  }

  resolve(id: string, result: string): void {
    this.#take(id)?.resolve(result);
  }

  reject(id: string, message: string): void {
    this.#take(id)?.reject(new Error(message));
  }

  close(): void {
    for (const id of this.#pending.keys()) this.reject(id, 'The call is over.');
  }

  #take(id: string): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    clearTimeout(pending?.timer);
    return pending;
  }
}
