/** So much of a stranger is kept, whom the room may never name. */
const MOST_HELD = 256;

/** Words travel by another way than the news of who has come, and may be there first: they wait for it, in their order. */
export class EarlyWords {
  readonly #isKnown: (identity: string) => boolean;
  #held: { identity: string; read: () => void }[] = [];

  /** `isKnown`: whether it is settled who this is to the visitor. */
  constructor(isKnown: (identity: string) => boolean) {
    this.#isKnown = isKnown;
  }

  /** At once where it is known whose words these are. */
  whenKnown(identity: string, read: () => void): void {
    if (this.#isKnown(identity)) read();
    else if (this.#held.length < MOST_HELD) this.#held.push({ identity, read });
  }

  /** The room has told something new. */
  lookAgain(): void {
    const held = this.#held;
    this.#held = [];
    for (const { identity, read } of held) this.whenKnown(identity, read);
  }

  clear(): void {
    this.#held = [];
  }
}
