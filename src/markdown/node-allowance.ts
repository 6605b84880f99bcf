/** So many nodes a message may have; the rest of it is shown as plain text. */
const MAX_NODES = 2_000;

/** Keeps a hostile message from becoming more elements than a page can bear. */
export class NodeAllowance {
  #left = MAX_NODES;

  get exhausted(): boolean {
    return this.#left <= 0;
  }

  /** Whether there may be this many more. */
  take(count = 1): boolean {
    if (this.#left < count) {
      this.#left = 0;
      return false;
    }
    this.#left -= count;
    return true;
  }
}
