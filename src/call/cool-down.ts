import { hasTrait } from '../failures/failure-reasons.js';
import type { CallSummary } from './call-plan.js';

/** The first two failures in a row cause no pause: they may be bad luck. */
const FREE_TRIES = 2;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

/** Makes "Try again" wait when calls fail in a row: each try may cost the site a call, and trying at once does not help. */
export class CoolDown {
  readonly #onTick: () => void;
  readonly #now: () => number;
  #failures = 0;
  #untilMs = 0;
  #clock: ReturnType<typeof setInterval> | undefined;

  /** `onTick` is called every second of a pause. */
  constructor(onTick: () => void, now: () => number = () => performance.now()) {
    this.#onTick = onTick;
    this.#now = now;
  }

  /** Whole seconds until the next try is allowed; 0 when it is allowed now. */
  get seconds(): number {
    return Math.max(0, Math.ceil((this.#untilMs - this.#now()) / 1_000));
  }

  /**
   * Takes the end of every call. A failure without a call id, such as a refused microphone, is not counted, unless the connect
   * request itself failed.
   */
  note({ callId, failure }: Pick<CallSummary, 'callId' | 'failure'>, retryAfterMs: number | null): void {
    if (!failure) this.#failures = 0;
    if (!failure || (callId === null && !hasTrait(failure.reason, 'request'))) return;
    this.#failures += 1;
    const tries = this.#failures - FREE_TRIES;
    const pauseMs = tries > 0 ? Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS) : 0;
    this.#untilMs = this.#now() + Math.max(pauseMs, Math.min(retryAfterMs ?? 0, LONGEST_PAUSE_MS));
    this.dispose();
    if (this.seconds > 0) this.#clock = setInterval(() => this.#tick(), 1_000);
  }

  dispose(): void {
    clearInterval(this.#clock);
  }

  #tick(): void {
    if (this.seconds === 0) this.dispose();
    this.#onTick();
  }
}
