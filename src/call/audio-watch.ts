import type { AudioTotals } from '../voice/transport.js';

/** Often enough for a level meter, seldom enough to cost almost no CPU. */
const LOOK_EVERY_MS = 250;

/**
 * Above this energy a side counts as heard: a second of speech gives 0.01 and more, Opus silence and comfort noise less than a
 * millionth.
 */
const HEARD_ENERGY = 1e-4;

/** Whether each side was ever heard in this call; `null` where this browser measures no energy. */
export interface AudioHeard {
  agent: boolean;
  caller: boolean | null;
}

/**
 * How loud each side was since the last measurement, from 0 (silence) to 1 (loud speech); `null` where this browser measures no
 * energy.
 */
export interface AudioLevels {
  agent: number | null;
  caller: number | null;
}

/** Measures what was really played and recorded during one call. */
export class AudioWatch {
  readonly #read: () => Promise<AudioTotals>;
  readonly #onLevels: (levels: AudioLevels) => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #looking: Promise<void> | null = null;
  #totals: AudioTotals = { agentEnergy: 0, agentPackets: 0, callerEnergy: 0, callerPackets: 0 };
  /** The totals of the last measurement as the transport gave them: its counters may have started again at zero. */
  #last = this.#totals;

  constructor(read: () => Promise<AudioTotals>, onLevels: (levels: AudioLevels) => void) {
    this.#read = read;
    this.#onLevels = onLevels;
  }

  get totals(): AudioTotals {
    return this.#totals;
  }

  get heard(): AudioHeard {
    const { agentEnergy, agentPackets, callerEnergy } = this.#totals;
    return {
      // Where no energy is measured, received packets count as heard: a missing figure must not be blamed on the agent.
      agent: agentEnergy === null ? agentPackets > 0 : agentEnergy > HEARD_ENERGY,
      caller: callerEnergy === null ? null : callerEnergy > HEARD_ENERGY,
    };
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#looking ??= this.#look();
    }, LOOK_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Measures once more, so that sound since the last measurement still counts, and then stops. Does nothing before `start()`. */
  async finish(): Promise<void> {
    if (this.#timer === undefined) return;
    await this.#looking;
    await this.#look();
    this.stop();
  }

  async #look(): Promise<void> {
    const totals = await this.#read().catch(() => null);
    this.#looking = null;
    if (!totals || this.#timer === undefined) return;
    const [sums, last] = [this.#totals, this.#last];
    // A transport whose track was replaced may start counting at zero again: the larger sum is kept.
    this.#totals = {
      agentEnergy: larger(sums.agentEnergy, totals.agentEnergy),
      agentPackets: Math.max(sums.agentPackets, totals.agentPackets),
      callerEnergy: larger(sums.callerEnergy, totals.callerEnergy),
      callerPackets: Math.max(sums.callerPackets, totals.callerPackets),
    };
    this.#last = totals;
    this.#onLevels({
      agent: level(last.agentEnergy, totals.agentEnergy),
      caller: level(last.callerEnergy, totals.callerEnergy),
    });
  }
}

/** The larger of the two sums. A sum above zero stays when a later measurement has no figure. */
function larger(sum: number | null, now: number | null): number | null {
  if (now === null) return sum === 0 ? null : sum;
  return Math.max(sum ?? 0, now);
}

/**
 * The level from 0 to 1. Energy is power × seconds: the root of energy per second is the RMS amplitude, which speech seldom
 * drives past 0.25.
 */
function level(before: number | null, now: number | null): number | null {
  if (now === null) return null;
  const rms = Math.sqrt(Math.max(0, now - (before ?? now)) / (LOOK_EVERY_MS / 1000));
  return Math.min(1, rms * 4);
}
