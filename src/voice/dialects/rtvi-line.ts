import { lazy } from '../../async/lazy.js';
import type { TransportEvent } from '../transport.js';
import { clientReady, readRtvi } from './rtvi-envelope.js';
import type { RtviDialect, RtviOptions } from './rtvi.js';

const loadRtvi = lazy(() => import('./rtvi.js'));

/** Who speaks another dialect has shown it by then. */
const READY_AFTER_MS = 500;

/** Stands where RTVI may be spoken: fetches the dialect with its first message, and greets a bot that waits for it. */
export class RtviLine {
  readonly #options: RtviOptions;
  #dialect: Promise<RtviDialect> | null = null;
  #isGreeted = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(options: RtviOptions) {
    this.#options = {
      ...options,
      emit: (event: TransportEvent) => {
        if (!this.#closed) options.emit(event);
      },
    };
  }

  /** RTVI was spoken here. */
  get isSpoken(): boolean {
    return this.#dialect !== null;
  }

  /** Somebody is there who may wait for a greeting; not whoever speaks another dialect. */
  awaitBot(speaksOther: () => boolean): void {
    this.#timer ??= setTimeout(() => {
      if (!speaksOther()) this.#greet();
    }, READY_AFTER_MS);
  }

  /** Whether it was a message of this dialect. */
  receive(text: string): boolean {
    const message = this.#closed ? null : readRtvi(text);
    if (!message) return false;
    this.#greet();
    this.#load().then(
      (dialect) => dialect.receive(message),
      () => undefined,
    );
    return true;
  }

  async sendText(text: string): Promise<void> {
    (await this.#load()).sendText(text);
  }

  /** `forGood`: the bot need not wait for a return. Resolves when it was told; undefined where there is nobody to tell. */
  close(forGood: boolean): Promise<void> | undefined {
    if (this.#closed) return undefined;
    this.#closed = true;
    clearTimeout(this.#timer);
    // Loaded long since, or there is nothing to close.
    return this.#dialect?.then(
      (dialect) => (forGood ? dialect.leave() : dialect.close()),
      () => undefined,
    );
  }

  #greet(): void {
    if (this.#isGreeted) return;
    this.#isGreeted = true;
    this.#options.send(clientReady());
  }

  #load(): Promise<RtviDialect> {
    this.#dialect ??= loadRtvi().then(({ RtviDialect }) => new RtviDialect(this.#options));
    return this.#dialect;
  }
}
