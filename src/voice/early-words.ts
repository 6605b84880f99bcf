/** How many messages are kept: the room may never report who their senders are. */
const MOST_HELD = 256;

/**
 * Messages and the news of who has joined travel separately, so that a message may come first. This class keeps such messages, in
 * their order, until it is known who sent them.
 */
export class EarlyWords {
  readonly #isKnown: (identity: string) => boolean;
  #held: { identity: string; read: () => void }[] = [];

  /** `isKnown` returns whether the role of a sender is known. */
  constructor(isKnown: (identity: string) => boolean) {
    this.#isKnown = isKnown;
  }

  /** Calls `read` at once when the sender is known, else when `lookAgain` finds it known. Drops it when too many wait. */
  whenKnown(identity: string, read: () => void): void {
    if (this.#isKnown(identity)) read();
    else if (this.#held.length < MOST_HELD) this.#held.push({ identity, read });
  }

  /** The room has reported a change: reads the messages whose senders are known now. */
  lookAgain(): void {
    const held = this.#held;
    this.#held = [];
    for (const { identity, read } of held) this.whenKnown(identity, read);
  }

  clear(): void {
    this.#held = [];
  }
}
