/** The timers of one owner: whatever is still pending goes with `clear()`. */
export class TimerSet {
  readonly #timers = new Set<NodeJS.Timeout>();

  /** Runs once, and answers a function that cancels it. */
  after(delayMs: number, run: () => void): () => void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, delayMs);
    return this.#own(timer);
  }

  every(intervalMs: number, run: () => void): () => void {
    return this.#own(setInterval(run, intervalMs));
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #own(timer: NodeJS.Timeout): () => void {
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }
}
