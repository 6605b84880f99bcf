import { audibleDb } from './loudness.js';

export interface TurnDetectorOptions {
  /** The quiet that ends a turn. */
  quietMs: number;
  /** A turn that gets this long is over, quiet or not. */
  longestMs: number;
}

/** Voiced sound below this is a click or a cough. */
const shortestVoiceMs = 120;
const packetMs = 20;

/**
 * Hears from levels alone (RFC 6464) when a caller has had their say. A caller's browser may stop sending in
 * silence (Opus DTX), so quiet is measured by the clock, through `check`, and never by counting packets.
 */
export class TurnDetector {
  #voicedMs = 0;
  #startedAt = 0;
  #lastVoiceAt = 0;

  constructor(private readonly options: TurnDetectorOptions) {}

  get speaking(): boolean {
    return this.#voicedMs >= shortestVoiceMs;
  }

  reset(): void {
    this.#voicedMs = 0;
  }

  hear(levelDb: number, now: number): void {
    if (levelDb <= audibleDb) return;
    if (this.#voicedMs === 0) this.#startedAt = now;
    this.#voicedMs += packetMs;
    this.#lastVoiceAt = now;
  }

  /** How long the caller spoke, once the turn is over. */
  check(now: number): number | undefined {
    if (this.#voicedMs === 0) return undefined;
    const isQuiet = now - this.#lastVoiceAt >= this.options.quietMs;
    if (!isQuiet && now - this.#startedAt < this.options.longestMs) return undefined;
    const spokenMs = this.speaking ? this.#lastVoiceAt - this.#startedAt + packetMs : undefined;
    this.reset();
    return spokenMs;
  }
}
