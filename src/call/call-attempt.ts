import type { VoiceTransport } from '../voice/transport.js';
import { AudioWatch, type AudioLevels } from './audio-watch.js';
import type { CallPlan } from './call-session.js';

/** Leaving a link politely may take a round trip; the microphone is off before that, and nobody waits longer than this. */
const LEAVE_LIMIT_MS = 1_500;

/** Everything one start owns. Its `abort` gives all of it up. */
export class CallAttempt {
  readonly plan: CallPlan;
  readonly abort = new AbortController();
  readonly watch: AudioWatch;
  callId: string | null = null;
  microphone: MediaStreamTrack | null = null;
  transport: VoiceTransport | null = null;
  agentSeen = false;
  finishing: Promise<void> | null = null;
  concluded = false;
  #agentTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #outcome = new AbortController();

  constructor(plan: CallPlan, onLevels: (levels: AudioLevels) => void) {
    this.plan = plan;
    this.watch = new AudioWatch(async () => {
      if (!this.transport) throw new Error('no link yet');
      return this.transport.audioTotals();
    }, onLevels);
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** Outlives `signal`: the record is read after the call was given up, until the next call or `forget()`. */
  get outcomeSignal(): AbortSignal {
    return this.#outcome.signal;
  }

  expectAgent(limitMs: number, onMissing: () => void): void {
    clearTimeout(this.#agentTimer);
    this.#agentTimer = setTimeout(onMissing, limitMs);
  }

  agentArrived(): void {
    clearTimeout(this.#agentTimer);
  }

  /** Stops looking for the call's record. */
  forget(): void {
    this.#outcome.abort();
  }

  /** Microphone off at once, then the link. Never rejects. */
  async release(): Promise<void> {
    this.agentArrived();
    this.watch.stop();
    this.microphone?.stop();
    this.microphone = null;
    const leaving = this.transport?.disconnect();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, LEAVE_LIMIT_MS)));
    await Promise.race([leaving, limit]);
    clearTimeout(timer);
  }
}
