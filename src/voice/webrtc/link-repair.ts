import { RefusedError } from './webrtc-session.js';

/**
 * How long the first answered attempt has to bring the connection up, and how much longer each further one has: a slow network
 * needs one long attempt.
 */
const SETTLE_MS = 5_000;
const LONGEST_SETTLE_MS = 10_000;

/** The pause after an attempt that got no answer. */
const RETRY_MS = 2_000;

/** Repairs a broken connection: tries again and again until `stop()`, or until the server refuses. */
export class LinkRepair {
  readonly #attempt: () => Promise<void>;
  readonly #onRefused: () => void;
  #isRunning = false;
  #isAsking = false;
  #isRefused = false;
  #answered = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `attempt` resolves when the server has answered, which does not yet mean that the connection is up. */
  constructor(attempt: () => Promise<void>, onRefused: () => void) {
    this.#attempt = attempt;
    this.#onRefused = onRefused;
  }

  /** Whether an attempt waits for the server's answer. */
  get isAsking(): boolean {
    return this.#isAsking;
  }

  /** Whether the server has refused: only ICE itself can restore the connection then. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  start(afterMs: number): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#answered = 0;
    this.#in(afterMs);
  }

  stop(): void {
    this.#isRunning = false;
    clearTimeout(this.#timer);
  }

  /** Tries at once, e.g. since the network is back. */
  hurry(): void {
    if (this.#isRunning && !this.#isAsking) this.#in(0);
  }

  #in(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#isRefused) this.#timer = setTimeout(() => void this.#try(), ms);
  }

  async #try(): Promise<void> {
    // An attempt from before `stop()` may still wait for its answer.
    if (this.#isAsking) return;
    this.#isAsking = true;
    let nextInMs = RETRY_MS;
    try {
      await this.#attempt();
      this.#answered += 1;
      nextInMs = Math.min(SETTLE_MS * this.#answered, LONGEST_SETTLE_MS);
    } catch (error) {
      this.#isRefused = error instanceof RefusedError;
    }
    this.#isAsking = false;
    if (!this.#isRunning) return;
    if (this.#isRefused) this.#onRefused();
    else this.#in(nextInMs);
  }
}
