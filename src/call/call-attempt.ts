import type { VoiceTransport } from '../voice/transport.js';
import { AudioWatch, type AudioLevels } from './audio-watch.js';
import type { CallPlan } from './call-session.js';
import { withinMs } from './within-ms.js';

/** A healthy link says in a few milliseconds what was heard. */
const LOOK_LIMIT_MS = 1_000;

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
  /** The end has begun; set before anybody is told, so that a listener cannot begin it twice. */
  over = false;
  finishing: Promise<void> = Promise.resolve();
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

  /** Microphone off at once, then a last measurement, then the link. Never rejects, and takes seconds at the most. */
  async release(): Promise<void> {
    this.#stopMicrophone();
    await withinMs(this.watch.finish(), LOOK_LIMIT_MS);
    await withinMs(this.releaseNow(), LEAVE_LIMIT_MS);
  }

  /** Everything at once, without a last measurement: the page may be gone in the next moment. Never rejects. */
  releaseNow(): Promise<void> {
    this.agentArrived();
    this.#stopMicrophone();
    this.watch.stop();
    this.abort.abort();
    return this.#leave();
  }

  #stopMicrophone(): void {
    this.microphone?.stop();
    this.microphone = null;
  }

  /** A transport may be the site's own, and may break its promise not to reject. */
  async #leave(): Promise<void> {
    try {
      await this.transport?.disconnect();
    } catch {
      // It is gone either way.
    }
  }
}
