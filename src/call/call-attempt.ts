import type { CallOffer } from '../api/responses.js';
import {
  MicrophoneLine,
  type MicrophoneLineListener,
  type OpenMicrophone,
} from '../voice/microphone-line.js';
import type { VoiceTransport } from '../voice/transport.js';
import { AudioWatch, type AudioLevels } from './audio-watch.js';
import { CALL_LIMITS } from './call-limits.js';
import type { CallPlan } from './call-plan.js';
import { Hearing } from './hearing.js';
import { withinMs } from './within-ms.js';

export interface CallAttemptOptions {
  plan: CallPlan;
  openMicrophone: OpenMicrophone;
  onLevels: (levels: AudioLevels) => void;
  microphone: MicrophoneLineListener;
}

/** How the link is left: for good, or so that the next page can return to it. */
export type Leave = 'goodbye' | 'hold';

/** Everything one start owns. Its `abort` gives all of it up. */
export class CallAttempt {
  readonly plan: CallPlan;
  readonly abort = new AbortController();
  readonly microphone: MicrophoneLine;
  readonly watch: AudioWatch;
  /** Made anew after a break of the link: nobody could be heard meanwhile. */
  hearing = new Hearing();
  /** Where the call takes place, once connect has answered. */
  offer: CallOffer | null = null;
  transport: VoiceTransport | null = null;
  agentSeen = false;
  /** The end has begun; set before anybody is told, so that a listener cannot begin it twice. */
  over = false;
  finishing: Promise<void> = Promise.resolve();
  concluded = false;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #outcome = new AbortController();

  constructor({ plan, openMicrophone, onLevels, microphone }: CallAttemptOptions) {
    this.plan = plan;
    this.microphone = new MicrophoneLine(openMicrophone, microphone);
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

  /** Waits for what must happen within `limitMs`; the same `what` again starts the time anew. */
  expect(what: 'agent' | 'reconnection', limitMs: number, onMissing: () => void): void {
    this.arrived(what);
    this.#timers.set(what, setTimeout(onMissing, limitMs));
  }

  arrived(what: 'agent' | 'reconnection'): void {
    clearTimeout(this.#timers.get(what));
    this.#timers.delete(what);
  }

  get callId(): string | null {
    return this.offer?.callId ?? null;
  }

  /** Stops looking for the call's record. */
  forget(): void {
    this.#outcome.abort();
  }

  /** Microphone off at once, then a last measurement, then the link. Never rejects, and takes seconds at the most. */
  async release(): Promise<void> {
    this.microphone.release();
    await withinMs(this.watch.finish(), CALL_LIMITS.lastLookMs);
    await withinMs(this.releaseNow(), CALL_LIMITS.leaveMs);
  }

  /** Everything at once, without a last measurement: the page may be gone in the next moment. Never rejects. */
  releaseNow(leave: Leave = 'goodbye'): Promise<void> {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.microphone.release();
    this.watch.stop();
    // A held link must hear of it first: giving up is a goodbye.
    const left = this.leave(leave);
    this.abort.abort();
    return left;
  }

  /** Leaves the link, whose late events count no more. Never rejects: a transport may be the site's own, and break its promise. */
  async leave(leave: Leave = 'goodbye'): Promise<void> {
    const { transport } = this;
    this.transport = null;
    try {
      await (leave === 'hold' && transport?.hold ? transport.hold() : transport?.disconnect());
    } catch {
      // It is gone either way.
    }
  }
}
