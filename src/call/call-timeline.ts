import type { CallRecord } from '../wire/call-record.js';
import { toJson } from '../wire/to-json.js';
import type { Failure } from '../failures/failure.js';
import type { FailureReason } from '../failures/failure-reasons.js';
import type { LinkStats } from '../voice/link-stats.js';
import type { AudioTotals } from '../voice/transport.js';
import type { AudioHeard, AudioLevels } from './audio-watch.js';
import type { CallEvent } from './call-transition.js';
import type { EndedBy } from './call-outcome.js';

/** Limits the report of a call that reconnects again and again. The first entries explain most. */
const MOST_ENTRIES = 200;
/** A server may send text of any length as a reason; this many characters are kept. */
const MOST_REASON_CHARACTERS = 200;

export interface TimelineEntry {
  /** Since the start of the call, in milliseconds. */
  atMs: number;
  event: string;
  detail?: string;
}

/**
 * What the page recorded of one call: times, states, measurements. It holds nothing that was said or typed, no token and no key.
 */
export interface CallTrace {
  /** ISO 8601. */
  startedAt: string;
  callId: string | null;
  transport: string | null;
  timeline: TimelineEntry[];
  audio: AudioTotals;
  /** The loudest moment of each side, 0 to 1; `null` where this browser measures no energy. */
  peaks: AudioLevels;
  link: LinkStats | null;
  endedBy: EndedBy | null;
  failure: { reason: FailureReason; source: Failure['source'] } | null;
  /**
   * The platform's record as far as it was read, with both texts cut to 200 characters and without telephone numbers.
   * `failureReason` may be one that no table knows.
   */
  record: { status: string; failureReason: string | null } | null;
}

/** Records the events of one call for its report. */
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
    // A state derived from the sound changes with every pause between two sentences.
    const isNoted = event.type === 'agent-state' ? !event.derived : event.type !== 'prompting';
    if (isNoted) this.note(event.type, detailOf(event));
  }

  /** Records the loudest moment and the first sound of each side. */
  noteSound(levels: AudioLevels, heard: AudioHeard): void {
    for (const side of ['agent', 'caller'] as const) {
      const level = levels[side];
      // A side that was never measured gets `null`, which must not read as silence.
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

/** Cuts the text, and removes telephone numbers: a server's message may name who was called. */
function cut(text: string): string {
  return text.slice(0, MOST_REASON_CHARACTERS).replace(/\+?\d[\d\s().-]{5,}\d/g, '…');
}
