import type { CallTrace } from '../../call/call-diary.js';
import { IDLE, type CallStatus } from '../../call/call-state.js';
import type { CallControl, CallControlOptions } from './call-control.js';

/** The way to calls. Their code comes when the visitor reaches for one: who only writes never pays for it. */
export class CallDoor {
  /** A line for the visitor when that code cannot be had. */
  #notLoaded: string | null = null;
  #control: CallControl | null = null;
  #loading: Promise<CallControl | null> | null = null;
  readonly #options: CallControlOptions;
  readonly #signal: AbortSignal;

  constructor(options: CallControlOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
  }

  /** `null` until the code is here. */
  get control(): CallControl | null {
    return this.#control;
  }

  get status(): CallStatus {
    return this.#control?.status ?? IDLE;
  }

  get trace(): CallTrace | null {
    return this.#control?.session.trace ?? null;
  }

  get notice(): string | null {
    return this.#control?.notice ?? this.#notLoaded;
  }

  /** `null` when the code cannot be had, which the visitor is told, or the panel is gone. */
  load(): Promise<CallControl | null> {
    this.#loading ??= import('./call-control.js').then(
      ({ CallControl }) => {
        if (this.#signal.aborted) return null;
        this.#notLoaded = null;
        this.#control = new CallControl(this.#options);
        return this.#control;
      },
      (error: unknown) => {
        this.#loading = null;
        this.#notLoaded = this.#options.words().callsNotLoaded;
        this.#options.report(error);
        this.#options.onChange();
        return null;
      },
    );
    return this.#loading;
  }

  /** What is here or on its way; `null` when nobody has asked for it. The promise itself: start and end keep their order. */
  get loaded(): Promise<CallControl | null> | null {
    return this.#loading;
  }

  /** The visitor's pointer or focus is on the call button. */
  async reach(): Promise<void> {
    (await this.load())?.warmUp();
  }

  forgetCall(): void {
    this.#control?.session.reset();
  }
}
