import { samplesPerFrame } from './media-peer.js';

/** A longer gap in the caller's RTP clock is a new start, not silence. */
const longestGapSamples = 48_000 * 5;

/** Keeps a pause in echoed sound as long as it was: Opus with DTX sends nothing in silence. */
export class EchoClock {
  #timestamp: number | undefined;

  /** Samples from the packet before to this one, by the caller's own clock. */
  samplesUntil(timestamp: number): number {
    const gap = this.#timestamp === undefined ? 0 : (timestamp - this.#timestamp) >>> 0;
    this.#timestamp = timestamp;
    return gap > 0 && gap < longestGapSamples ? gap : samplesPerFrame;
  }
}
