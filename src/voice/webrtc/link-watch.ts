/** How long the other side may be silent: two `alive` messages in a row may be late, a third may not. */
const QUIET_MS = 2_500;

/** When a quiet connection counts as lost; the same limit as on LiveKit (`CALL_LIMITS.reconnectMs`). */
const LOST_MS = 30_000;

const LOOK_EVERY_MS = 250;

export interface LinkWatchOptions {
  onQuiet: () => void;
  /** Called after `onQuiet`, when the connection works again. */
  onBack: () => void;
  /** Called when the connection is lost for good. The watch has stopped. */
  onLost: () => void;
  now?: () => number;
}

/**
 * Judges a media connection by two signs: the state of ICE, which takes seconds to notice a dead network, and the other side's
 * `alive` messages, where it sends any.
 */
export class LinkWatch {
  readonly #options: LinkWatchOptions;
  readonly #now: () => number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #heardAt: number | null = null;
  #iceUp = true;
  #quietSince: number | null = null;

  constructor(options: LinkWatchOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** The other side has sent `alive`: from now on its silence counts. */
  heard(): void {
    this.#heardAt = this.#now();
    this.#look();
  }

  ice(up: boolean): void {
    this.#iceUp = up;
    this.#look();
  }

  #look(): void {
    if (this.#timer === undefined) return;
    const now = this.#now();
    const isSilent = this.#heardAt !== null && now - this.#heardAt > QUIET_MS;
    if (this.#iceUp && !isSilent) return this.#noteLife();
    if (this.#quietSince === null) {
      this.#quietSince = now;
      this.#options.onQuiet();
    } else if (now - this.#quietSince > LOST_MS) {
      this.stop();
      this.#options.onLost();
    }
  }

  #noteLife(): void {
    if (this.#quietSince === null) return;
    this.#quietSince = null;
    this.#options.onBack();
  }
}
