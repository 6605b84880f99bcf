import type { AgentChannel, AgentListener } from '../agent/agent-channel.js';
import { AgentSession, type CallController } from '../agent/agent-session.js';
import { RtviChannel } from '../agent/rtvi-channel.js';
import { AgentVoice } from '../agent/agent-voice.js';
import { behaviours } from '../agent/behaviours.js';
import { audibleDb, silenceDb } from '../agent/loudness.js';
import type { OpenedRoom, RoomFaults } from '../media/media-server.js';
import type { Scenario } from '../scenarios/scenarios.js';
import { TimerSet } from '../timer-set.js';
import type { Timings } from '../timings.js';
import { type CallFacts, deriveOutcome, providerErrorStorm } from './call-outcome.js';
import type { CallRecord, TranscriptRole } from './call-record.js';
import type { CallStore } from './call-store.js';

export type MeasuredFacts = Omit<CallFacts, 'endedBy' | 'durationSeconds'>;

const idleCheckMs = 250;

/** One voice call while it lives: watches both sides, keeps the platform's rules, and writes the record at its end. */
export class LiveCall implements AgentListener, CallController {
  readonly facts: MeasuredFacts = {
    agentJoined: false,
    callerConnected: false,
    agentFrames: 0,
    agentVoicedFrames: 0,
    welcomeFinished: false,
    callerPackets: 0,
    callerLoudestDb: null,
    providerErrors: 0,
    agentDied: false,
  };
  callerPacketsPerSecond = 0;
  /** What the caller said before they were heard, as WebM. */
  firstWords: Uint8Array | undefined;
  faults: RoomFaults | undefined;

  readonly #work = new AbortController();
  readonly #timers = new TimerSet();
  #session: AgentSession | undefined;
  #voice: AgentVoice | undefined;
  #channel: AgentChannel | undefined;
  #callerJoinedAt: number | undefined;
  #callerConnectedAt: number | undefined;
  #lastActivityAt = 0;
  #ended = false;

  constructor(
    readonly record: CallRecord,
    private readonly scenario: Scenario,
    private readonly calls: CallStore,
    private readonly timings: Timings,
    private readonly onEnded: () => void,
  ) {}

  get dynamicVariables(): Record<string, unknown> {
    return this.record.dynamicVariables;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The room is open: the agent sets to work, the caller is awaited. */
  run({ channel: given, faults, dialect = this.scenario.dialect }: Omit<OpenedRoom, 'access'>): void {
    const speaksRtvi = dialect === 'rtvi' && given.carrier;
    const channel = speaksRtvi ? new RtviChannel(given, speaksRtvi, this) : given;
    this.#channel = channel;
    this.faults = faults;
    this.#voice = new AgentVoice(channel, (isVoiced) => this.#onFrameSent(isVoiced));
    this.#session = new AgentSession(channel, this, this.timings, this.#work.signal, this.#voice);
    this.#timers.after(this.timings.joinWindowMs, () => {
      if (this.#callerJoinedAt === undefined) this.end('join-window');
    });
    this.#timers.after(this.timings.longestCallMs, () => this.end('time-limit'));
    behaviours[this.scenario.behaviour](this.#session).catch((error: unknown) => {
      // A call that ended takes its agent with it; anything else is a fault of the agent.
      if (this.#work.signal.aborted) return;
      console.error('agent failed', error);
      this.fail('unknown');
    });
  }

  onCallerJoined(): void {
    if (this.#callerJoinedAt !== undefined) return;
    this.#callerJoinedAt = performance.now();
    this.calls.setStatus(this.record, 'connecting');
    this.#timers.after(this.timings.startWindowMs, () => {
      if (!this.facts.agentJoined) this.end('start-window');
    });
    this.#measurePacketRate();
  }

  onCallerConnected(): void {
    this.facts.callerConnected = true;
    this.#callerConnectedAt ??= performance.now();
    this.#onBothThere();
  }

  onCallerLeft(why: 'left' | 'media-lost'): void {
    // Nobody is left to notice an orphaned call: its record waits for the sweeper.
    if (this.facts.agentDied) this.#closeRoom();
    else this.end(why === 'left' ? 'caller' : 'media-lost');
  }

  onCallerPacket(levelDb: number): void {
    this.facts.callerPackets += 1;
    this.facts.callerLoudestDb = Math.max(this.facts.callerLoudestDb ?? silenceDb, levelDb);
    if (levelDb > audibleDb) this.#noteActivity();
    this.#session?.turns.hear(levelDb);
  }

  onFirstWords(sound: Uint8Array): void {
    this.firstWords = sound;
  }

  onTypedText(text: string): void {
    this.#noteActivity();
    this.#session?.turns.type(text);
  }

  onContext(text: string): void {
    this.record.dynamicVariables.context = text;
  }

  onAgentJoining(): void {
    this.facts.agentJoined = true;
    this.#onBothThere();
  }

  onWelcomeFinished(): void {
    this.facts.welcomeFinished = true;
  }

  onEcho(levelDb: number): void {
    this.#onFrameSent(levelDb > audibleDb);
  }

  onLine(role: TranscriptRole, text: string): void {
    this.calls.addLine(this.record, role, text);
  }

  crash(): void {
    this.facts.agentDied = true;
    this.#work.abort();
    this.#voice?.stop();
    this.#channel?.leave();
    this.#timers.clear();
    this.#timers.after(this.timings.sweepMs, () => this.end('sweeper'));
  }

  reportProviderError(): void {
    this.facts.providerErrors += 1;
    if (this.facts.providerErrors >= providerErrorStorm) this.end('provider-errors');
  }

  fail(reason: string): void {
    this.facts.reportedReason = reason;
    this.end('agent-failure');
  }

  /** The end, once, whoever wants it. The record is final before the caller can know. */
  end(endedBy: CallFacts['endedBy']): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#timers.clear();
    this.#voice?.stop();
    // Not the time that connecting took: nobody can hang up at once before there is a call.
    const startedAt = this.#callerConnectedAt ?? this.#callerJoinedAt ?? performance.now();
    const durationSeconds = (performance.now() - startedAt) / 1000;
    this.calls.finish(this.record, deriveOutcome({ ...this.facts, endedBy, durationSeconds }));
    this.#work.abort();
    this.#closeRoom();
    this.onEnded();
  }

  #closeRoom(): void {
    this.#channel?.closeRoom().catch((error: unknown) => console.error('room not closed', error));
  }

  #onFrameSent(isVoiced: boolean): void {
    this.facts.agentFrames += 1;
    if (!isVoiced) return;
    this.facts.agentVoicedFrames += 1;
    this.#noteActivity();
  }

  #noteActivity(): void {
    this.#lastActivityAt = performance.now();
  }

  #onBothThere(): void {
    if (!this.facts.callerConnected || !this.facts.agentJoined || this.record.status === 'in_progress')
      return;
    this.calls.setStatus(this.record, 'in_progress');
    this.#noteActivity();
    const idleMs = this.scenario.idleWindow === 'short' ? this.timings.shortIdleMs : this.timings.idleMs;
    this.#timers.every(idleCheckMs, () => {
      if (performance.now() - this.#lastActivityAt >= idleMs) this.end('idle');
    });
  }

  #measurePacketRate(): void {
    let before = 0;
    this.#timers.every(1_000, () => {
      this.callerPacketsPerSecond = this.facts.callerPackets - before;
      before = this.facts.callerPackets;
    });
  }
}
