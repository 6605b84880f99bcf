/** How many nodes a message may have; the part beyond is shown as plain text. */
const MAX_NODES = 2_000;

/** Counts the nodes of a message, so that a hostile one cannot become more elements than a page can handle. */
export class NodeAllowance {
  #left = MAX_NODES;

  get exhausted(): boolean {
    return this.#left <= 0;
  }

  /** Takes `count` nodes and returns true; when fewer are left, uses up the allowance and returns false. */
  take(count = 1): boolean {
    if (this.#left < count) {
      this.#left = 0;
      return false;
    }
    this.#left -= count;
    return true;
  }
}
