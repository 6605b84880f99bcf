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
  /** A clock in milliseconds; only differences of its values are used. */
  now: () => number;
  microphone: MicrophoneTrackListener;
  openMeter: OpenMeter;
}

/** Makes a meter for the microphone, used where the transport's statistics give no energy. May reject. */
export type OpenMeter = () => Promise<Pick<TrackMeter, 'energyOf' | 'close'>>;

/** The connection statistics are read at every eighth sound measurement: once in two seconds. */
const LINK_EVERY_LOOKS = 8;

/** How the connection is left: `goodbye` for good, `hold` so that the next page can resume the call. */
export type Leave = 'goodbye' | 'leave-open';

/** Everything that one `start()` of a call owns. Aborting `abort` gives all of it up. */
export class CallAttempt {
  readonly plan: CallPlan;
  readonly abort = new AbortController();
  readonly microphone: MicrophoneTrack;
  readonly watch: AudioWatch;
  readonly diary: CallTimeline;
  readonly hearing = new SilenceDetector();
  /** Replaced when an agent or a person joins or leaves. */
  derivedState = new DerivedState();
  /** The agent has reported its state itself: no state is derived from its sound then. */
  stateTold = false;
  /** Every state that the agent has reported in this call. */
  readonly statesTold = new Set<ToldState>();
  agentJoinedAtMs: number | null = null;
  /** Where the call takes place, once connect has answered. */
  offer: CallOffer | null = null;
  transport: VoiceTransport | null = null;
  agentSeen = false;
  /** When the agent vanished while it was speaking, in milliseconds of the session's clock; `null` once it is back. */
  agentCutOffAtMs: number | null = null;
  /** The agent's process or connection died: the media server reported it, or its packets stopped. */
  agentDied = false;
  /** Which sources report the agent's connection as lost. */
  readonly linkLostBy = new Set<'server' | 'packets'>();
  /** The visitor has typed to the agent: a silent microphone is then no failure. */
  hasTyped = false;
  /** The call was handed over to a person: how its agent ended says nothing about the call any more. */
  handedOver = false;
  /** Reads the platform's record of the call, from the first sign that the call is ending. */
  readonly ending = new RecordReading();
  firstWords: FirstWords | null = null;
  readonly packets = new PacketWatch(CALL_LIMITS.noPacketsMs);
  /** The call has begun to end. Set before any listener is called, so that a listener cannot end the call twice. */
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

  /** Aborts later than `signal`: the record is still read after the call ended, until the next call or `forget()`. */
  get outcomeSignal(): AbortSignal {
    return this.#outcome.signal;
  }

  /** What is known of this call so far. */
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

  /**
   * Calls `onMissing` unless `arrived(what)` is called within `limitMs`. Another call with the same `what` starts the time anew.
   */
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

  /** The agent has reported that it listens, and never that it speaks or thinks: it left the first sentence to the visitor. */
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

  /**
   * Switches the microphone off at once, measures the sound once more, then leaves the connection. Never rejects; takes 2.5 s at
   * the most.
   */
  async release(): Promise<void> {
    this.microphone.release();
    this.firstWords?.discard();
    this.#looks = 0;
    await withinMs(this.watch.finish(), CALL_LIMITS.lastLookMs);
    await withinMs(this.releaseNow(), CALL_LIMITS.leaveMs);
  }

  /** Releases everything at once, without a last measurement, for a page that may be gone in the next moment. Never rejects. */
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
    // A call that stays resumable must leave with `hold` first: to the transport, an abort is a goodbye.
    const left = this.leave(leave);
    this.abort.abort();
    return left;
  }

  /** Reads the sound totals each time, and the connection statistics every eighth time. */
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

  /** Whether the transport can leave the call open for the next page. */
  get isResumable(): boolean {
    return !!(this.transport?.leaveOpen || this.transport?.hold);
  }

  /** Leaves the connection; its late events are ignored. Never rejects, even when a transport that the site has added does. */
  async leave(leave: Leave = 'goodbye'): Promise<void> {
    const { transport, isResumable } = this;
    this.transport = null;
    try {
      if (leave === 'leave-open' && isResumable) await (transport?.leaveOpen?.() ?? transport?.hold?.());
      else await transport?.disconnect();
    } catch {
      // The transport is dropped in any case.
    }
  }
}
