import type { AudioTotals } from '../voice/transport.js';

/** Looks often enough for a level meter, seldom enough to cost nothing. */
const LOOK_EVERY_MS = 250;

/** Energy above which a side was heard: speech gives 0.01 and more a second, Opus silence and comfort noise less than a millionth. */
const HEARD_ENERGY = 1e-4;

export interface AudioHeard {
  agent: boolean;
  caller: boolean;
}

/** 0 (silence) to 1 (loud speech), since the last look. */
export interface AudioLevels {
  agent: number;
  caller: number;
}

/** Measures what was really played and recorded during one call. */
export class AudioWatch {
  readonly #read: () => Promise<AudioTotals>;
  readonly #onLevels: (levels: AudioLevels) => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #looking: Promise<void> | null = null;
  #totals: AudioTotals = { agentEnergy: 0, agentPackets: 0, callerEnergy: 0, callerPackets: 0 };

  constructor(read: () => Promise<AudioTotals>, onLevels: (levels: AudioLevels) => void) {
    this.#read = read;
    this.#onLevels = onLevels;
  }

  get totals(): AudioTotals {
    return this.#totals;
  }

  get heard(): AudioHeard {
    return {
      agent: this.#totals.agentEnergy > HEARD_ENERGY,
      caller: this.#totals.callerEnergy > HEARD_ENERGY,
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

  /** A last look, so that what was heard since the one before still counts; then stops. */
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
    const before = this.#totals;
    // A track that was replaced during the call starts counting at zero again: keep the larger sum.
    this.#totals = {
      agentEnergy: Math.max(before.agentEnergy, totals.agentEnergy),
      agentPackets: Math.max(before.agentPackets, totals.agentPackets),
      callerEnergy: Math.max(before.callerEnergy, totals.callerEnergy),
      callerPackets: Math.max(before.callerPackets, totals.callerPackets),
    };
    this.#onLevels({
      agent: level(totals.agentEnergy - before.agentEnergy),
      caller: level(totals.callerEnergy - before.callerEnergy),
    });
  }
}

/** Energy is power × seconds: its root per second is the RMS amplitude, which speech seldom drives past 0.25. */
function level(energy: number): number {
  const rms = Math.sqrt(Math.max(0, energy) / (LOOK_EVERY_MS / 1000));
  return Math.min(1, rms * 4);
}
