import { lazy } from '../../async/lazy.js';
import type { TransportEvent } from '../transport.js';
import { clientReady, readRtvi } from './rtvi-envelope.js';
import type { RtviDialect, RtviOptions } from './rtvi.js';

const loadRtvi = lazy(() => import('./rtvi.js'));

/** How long the greeting waits: an agent that speaks another dialect has shown it by then. */
const READY_AFTER_MS = 500;

/**
 * Handles RTVI where the other side may speak it: loads the dialect with its first message, and greets a bot that waits for it.
 */
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

  /** Whether RTVI was received or sent here. */
  get isSpoken(): boolean {
    return this.#dialect !== null;
  }

  /** Greets the other side soon, as a bot that waits for it may need, unless `speaksOther` then returns true. */
  awaitBot(speaksOther: () => boolean): void {
    this.#timer ??= setTimeout(() => {
      if (!speaksOther()) this.#greet();
    }, READY_AFTER_MS);
  }

  /** Handles a message. Returns whether it was one of RTVI. */
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

  async sendContext(context: string): Promise<void> {
    (await this.#load()).sendContext(context);
  }

  /**
   * Closes the dialect. `forGood`: tells the bot that the visitor will not return. Resolves when the message was handed over;
   * undefined where no RTVI was spoken, or it was closed already.
   */
  close(forGood: boolean): Promise<void> | undefined {
    if (this.#closed) return undefined;
    this.#closed = true;
    clearTimeout(this.#timer);
    // Without a loaded dialect there is nothing to close.
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
