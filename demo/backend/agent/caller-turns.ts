import { TurnDetector, type TurnDetectorOptions } from './turn-detector.js';

export type CallerTurn = { kind: 'spoken'; seconds: number } | { kind: 'typed'; text: string };

/** What the caller says and types, one turn after another. */
export class CallerTurns {
  readonly #detector: TurnDetector;
  readonly #typed: string[] = [];
  #waiting: ((turn: CallerTurn) => void) | undefined;

  constructor(options: TurnDetectorOptions) {
    this.#detector = new TurnDetector(options);
  }

  /**
   * The next turn. Sound counts from now on, so that an agent does not answer what was said while it spoke;
   * text that was typed meanwhile does count.
   */
  next(signal: AbortSignal): Promise<CallerTurn> {
    const text = this.#typed.shift();
    if (text !== undefined) return Promise.resolve({ kind: 'typed', text });
    this.#detector.reset();
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#waiting = undefined;
        reject(signal.reason);
      };
      if (signal.aborted) return abort();
      signal.addEventListener('abort', abort, { once: true });
      this.#waiting = (turn) => {
        signal.removeEventListener('abort', abort);
        this.#waiting = undefined;
        resolve(turn);
      };
    });
  }

  hear(levelDb: number): void {
    if (this.#waiting) this.#detector.hear(levelDb, performance.now());
  }

  type(text: string): void {
    if (this.#waiting) this.#waiting({ kind: 'typed', text });
    else this.#typed.push(text);
  }

  /** To be called some times a second: a turn ends by time passing. */
  tick(): void {
    const spokenMs = this.#waiting && this.#detector.check(performance.now());
    if (spokenMs !== undefined) this.#waiting?.({ kind: 'spoken', seconds: spokenMs / 1000 });
  }
}
