import type { CallRecord } from '../wire/call-record.js';
import { toJson } from '../wire/to-json.js';
import type { Failure } from '../failures/failure.js';
import type { FailureReason } from '../failures/failure-reasons.js';
import type { LinkStats } from '../voice/link-stats.js';
import type { AudioTotals } from '../voice/transport.js';
import type { AudioHeard, AudioLevels } from './audio-watch.js';
import type { CallEvent } from './call-transition.js';
import type { EndedBy } from './call-outcome.js';

/** A call that flickers for an hour would else fill the report with it. The first ones explain most. */
const MOST_ENTRIES = 200;
/** A server may send anything as a reason; this much of it is kept. */
const MOST_REASON_CHARACTERS = 200;

export interface TimelineEntry {
  /** Since the start of the call, in milliseconds. */
  atMs: number;
  event: string;
  detail?: string;
}

/** What a page saw of one call: times, states, measurements. No words that were said or typed, no token, no key. */
export interface CallTrace {
  /** ISO 8601. */
  startedAt: string;
  callId: string | null;
  transport: string | null;
  timeline: TimelineEntry[];
  audio: AudioTotals;
  /** The loudest moment of each side, 0 to 1; `null` where this browser does not say. */
  peaks: AudioLevels;
  link: LinkStats | null;
  endedBy: EndedBy | null;
  failure: { reason: FailureReason; source: Failure['source'] } | null;
  /** What the platform's record said, as far as it was read; `failureReason` as sent, also when no table knows it. */
  record: { status: string; failureReason: string | null } | null;
}

/** Writes down what happens in one call, for its report. */
export class CallTimeline {
  readonly startedAt = new Date().toISOString();
  endedBy: EndedBy | null = null;
  failure: CallTrace['failure'] = null;
  readonly #now: () => number;
  readonly #startedAtMs: number;
  readonly #entries: TimelineEntry[] = [];
  readonly #heard = { agent: false, caller: false };
  readonly #peaks: AudioLevels = { agent: 0, caller: 0 };
  #record: CallTrace['record'] = null;

  constructor(now: () => number) {
    this.#now = now;
    this.#startedAtMs = now();
  }

  get entries(): readonly TimelineEntry[] {
    return this.#entries;
  }

  get peaks(): AudioLevels {
    return this.#peaks;
  }

  get record(): CallTrace['record'] {
    return this.#record;
  }

  note(event: string, detail?: string): void {
    if (this.#entries.length >= MOST_ENTRIES) return;
    const atMs = Math.round(this.#now() - this.#startedAtMs);
    this.#entries.push(detail === undefined ? { atMs, event } : { atMs, event, detail });
  }

  noteEvent(event: CallEvent): void {
    // What is derived from the sound changes with every pause between two sentences.
    const isNoted = event.type === 'agent-state' ? !event.derived : event.type !== 'prompting';
    if (isNoted) this.note(event.type, detailOf(event));
  }

  /** The loudest moments, and the first sound of each side. */
  noteSound(levels: AudioLevels, heard: AudioHeard): void {
    for (const side of ['agent', 'caller'] as const) {
      const level = levels[side];
      // What no look has measured is not said to be silent.
      if (level === null) this.#peaks[side] ||= null;
      else this.#peaks[side] = Math.max(this.#peaks[side] ?? 0, level);
      if (heard[side] && !this.#heard[side]) this.note(`${side}-heard`);
      this.#heard[side] ||= heard[side] === true;
    }
  }

  noteRecord({ status, failureReason }: CallRecord): void {
    this.#record = { status: cut(status), failureReason: asText(failureReason) };
    this.note('record', [this.#record.status, this.#record.failureReason].filter(Boolean).join(' '));
  }
}

function detailOf(event: CallEvent): string | undefined {
  switch (event.type) {
    case 'agent-state':
      return event.agentState;
    case 'muted':
      return event.muted ? 'on' : 'off';
    case 'playback':
      return event.blocked ? 'blocked' : 'free';
    case 'hint':
      return event.hint ?? 'none';
    case 'failed':
      return event.failure.reason;
    default:
      return undefined;
  }
}

function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return cut(typeof value === 'string' ? value : toJson(value));
}

/** A server's own words may name who was called. */
function cut(text: string): string {
  return text.slice(0, MOST_REASON_CHARACTERS).replace(/\+?\d[\d\s().-]{5,}\d/g, '…');
}
