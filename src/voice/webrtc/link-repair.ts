import { RefusedError } from './webrtc-session.js';

/** The first answered attempt has this long to bring the link up, and each further one more: a slow link needs one that lasts. */
const SETTLE_MS = 5_000;
const LONGEST_SETTLE_MS = 10_000;

/** After one that did not get through. */
const RETRY_MS = 2_000;

/** Mends a broken link, again and again until it is told to stop, or until the server refuses. */
export class LinkRepair {
  readonly #attempt: () => Promise<void>;
  readonly #onRefused: () => void;
  #isRunning = false;
  #isAsking = false;
  #isRefused = false;
  #answered = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `attempt` resolves when the server has answered, which does not yet mean that the link is up. */
  constructor(attempt: () => Promise<void>, onRefused: () => void) {
    this.#attempt = attempt;
    this.#onRefused = onRefused;
  }

  /** An attempt is on its way to the server. */
  get isAsking(): boolean {
    return this.#isAsking;
  }

  /** The server will not help: only ICE itself can bring the link back. */
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

  /** What was waited for has come, e.g. the network. */
  hurry(): void {
    if (this.#isRunning && !this.#isAsking) this.#in(0);
  }

  #in(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#isRefused) this.#timer = setTimeout(() => void this.#try(), ms);
  }

  async #try(): Promise<void> {
    // One that was stopped in its midst may still be on its way.
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
