import type { CallOffer } from '../wire/call-offer.js';
import {
  MicrophoneTrack,
  type MicrophoneTrackListener,
  type OpenMicrophone,
} from '../voice/microphone-track.js';
import type { FirstWords } from '../voice/first-words.js';
import type { LinkStats } from '../voice/link-stats.js';
import type { TrackMeter } from '../voice/track-meter.js';
import type { ToldState, AudioTotals, VoiceTransport } from '../voice/transport.js';
import { AudioWatch, type AudioLevels } from './audio-watch.js';
import { CallTimeline, type CallTrace } from './call-timeline.js';
import { CALL_LIMITS } from './call-limits.js';
import { DerivedState } from './derived-state.js';
import type { CallPlan } from './call-plan.js';
import { SilenceDetector } from './silence-detector.js';
import { PacketWatch } from './packet-watch.js';
import { RecordReading } from './record-reading.js';
import { withinMs } from '../async/within-ms.js';

export interface CallAttemptOptions {
  plan: CallPlan;
  openMicrophone: OpenMicrophone;
  onLevels: (levels: AudioLevels) => void;
  /** In milliseconds, of any origin. */
  now: () => number;
  microphone: MicrophoneTrackListener;
  openMeter: OpenMeter;
}

/** Measures the microphone where the statistics do not. */
export type OpenMeter = () => Promise<Pick<TrackMeter, 'energyOf' | 'close'>>;

/** Once in two seconds. */
const LINK_EVERY_LOOKS = 8;

/** How the link is left: for good, or so that the next page can return to it. */
export type Leave = 'goodbye' | 'hold';

/** Everything one start owns. Its `abort` gives all of it up. */
export class CallAttempt {
  readonly plan: CallPlan;
  readonly abort = new AbortController();
  readonly microphone: MicrophoneTrack;
  readonly watch: AudioWatch;
  readonly diary: CallTimeline;
  readonly hearing = new SilenceDetector();
  /** Made anew with every agent that comes. */
  derivedState = new DerivedState();
  /** Whoever is there says what they do: nothing is derived then. */
  stateTold = false;
  /** What the agent was ever said to do. */
  readonly statesTold = new Set<ToldState>();
  agentJoinedAtMs: number | null = null;
  /** Where the call takes place, once connect has answered. */
  offer: CallOffer | null = null;
  transport: VoiceTransport | null = null;
  agentSeen = false;
  /** When it vanished in the middle of a sentence, in milliseconds of the session's clock; `null` once it is back. */
  agentCutOffAtMs: number | null = null;
  /** The agent's process or link died, by what the media server says or by packets that do not come. */
  agentDied = false;
  /** Who says that the agent's link is dead. */
  readonly linkLostBy = new Set<'server' | 'packets'>();
  /** The visitor typed to the agent: no silence of theirs is a fault. */
  hasTyped = false;
  /** The call went to a person: how its agent ended says nothing of it any more. */
  handedOver = false;
  /** What the platform says of the end, asked for since there was a sign of it. */
  readonly ending = new RecordReading();
  firstWords: FirstWords | null = null;
  readonly packets = new PacketWatch(CALL_LIMITS.noPacketsMs);
  /** The end has begun; set before anybody is told, so that a listener cannot begin it twice. */
  over = false;
  finishing: Promise<void> = Promise.resolve();
  concluded = false;
  #link: LinkStats | null = null;
  #looks = 0;
  readonly #openMeter: OpenMeter;
  #meter: ReturnType<OpenMeter> | null = null;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #outcome = new AbortController();

  constructor({ plan, openMicrophone, onLevels, now, microphone, openMeter }: CallAttemptOptions) {
    this.plan = plan;
    this.#openMeter = openMeter;
    this.diary = new CallTimeline(now);
    this.microphone = new MicrophoneTrack(openMicrophone, microphone);
    this.watch = new AudioWatch(() => this.#measure(), onLevels);
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** Outlives `signal`: the record is read after the call was given up, until the next call or `forget()`. */
  get outcomeSignal(): AbortSignal {
    return this.#outcome.signal;
  }

  /** All that is known of this call by now. */
  get trace(): CallTrace {
    const { startedAt, entries, peaks, endedBy, failure, record } = this.diary;
    return {
      startedAt,
      callId: this.callId,
      transport: this.offer && (this.offer.transport === 'foreign' ? this.offer.name : this.offer.transport),
      timeline: [...entries],
      audio: this.watch.totals,
      peaks: { ...peaks },
      link: this.#link,
      endedBy,
      failure,
      record,
    };
  }

  /** Waits for what must happen within `limitMs`; the same `what` again starts the time anew. */
  expect(what: 'link' | 'agent' | 'reconnection', limitMs: number, onMissing: () => void): void {
    this.arrived(what);
    this.#timers.set(what, setTimeout(onMissing, limitMs));
  }

  isExpected(what: 'agent' | 'reconnection'): boolean {
    return this.#timers.has(what);
  }

  arrived(what: 'link' | 'agent' | 'reconnection'): void {
    clearTimeout(this.#timers.get(what));
    this.#timers.delete(what);
  }

  /** It listened, and was never said to do anything else: the visitor was to begin. */
  get agentWaited(): boolean {
    const told = this.statesTold;
    return told.has('listening') && !told.has('speaking') && !told.has('thinking');
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
    this.firstWords?.discard();
    this.#looks = 0;
    await withinMs(this.watch.finish(), CALL_LIMITS.lastLookMs);
    await withinMs(this.releaseNow(), CALL_LIMITS.leaveMs);
  }

  /** Everything at once, without a last measurement: the page may be gone in the next moment. Never rejects. */
  releaseNow(leave: Leave = 'goodbye'): Promise<void> {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.ending.stop();
    this.microphone.release();
    this.firstWords?.discard();
    this.watch.stop();
    this.#meter?.then(
      (meter) => meter.close(),
      () => undefined,
    );
    // A held link must hear of it first: giving up is a goodbye.
    const left = this.leave(leave);
    this.abort.abort();
    return left;
  }

  /** The sound at every look, the quality of the link at some. */
  async #measure(): Promise<AudioTotals> {
    const { transport } = this;
    if (!transport) throw new Error('no link yet');
    if (this.#looks++ % LINK_EVERY_LOOKS === 0) {
      this.#link = (await transport.linkStats?.().catch(() => null)) ?? this.#link;
    }
    const totals = await transport.audioTotals();
    return totals.callerEnergy === null ? { ...totals, callerEnergy: await this.#meterMicrophone() } : totals;
  }

  async #meterMicrophone(): Promise<number | null> {
    if (this.signal.aborted) return null;
    this.#meter ??= this.#openMeter();
    try {
      return await (await this.#meter).energyOf(this.microphone.track);
    } catch {
      return null;
    }
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
