import { isObject, type JsonObject } from '../read-json.js';
import type { CallFacts } from '../upstream.js';
import { firstText } from './read-fields.js';

/** What a LiveKit server says of a room. */
export interface RoomFacts {
  room: JsonObject;
  /** What became of the agents that were sent into it. */
  jobs: readonly JsonObject[];
  /** Who is in it now. */
  participants: readonly JsonObject[];
  isVisitor: (identity: string) => boolean;
}

/** An agent that has not come by then does not come: the widget waits as long. */
const STARTING_MS = 15_000;

/** Workers and recorders, which are nobody to talk to. */
const NOT_PEOPLE = new Set<unknown>(['EGRESS', 'INGRESS', 2, 1]);

type Outcome = Pick<CallFacts, 'status' | 'failureReason' | 'didConnect'>;

const QUEUED: Outcome = { status: 'queued', failureReason: null, didConnect: null };
/** Whether anybody was heard, the page knows better. */
const OVER: Outcome = { status: 'completed', failureReason: null, didConnect: null };

/**
 * The record of a call from the life of its room; `null` where it cannot be told yet. `facts` are `null`: the room is closed, and LiveKit keeps nothing of it, so that all that can be said is
 * that the call is over. While it is open, the agent that was sent into it tells: it is on its way, there, gone, or nobody came.
 */
export function readCallOfRoom(facts: RoomFacts | null, now: number): CallFacts | null {
  const createdMs = facts && createdAt(facts.room);
  const outcome = facts ? outcomeOf(facts, createdMs ?? now, now) : OVER;
  return (
    outcome && {
      ...outcome,
      durationSeconds: null,
      startedAt: createdMs === null ? null : new Date(createdMs).toISOString(),
      endedAt: null,
      channel: 'web',
    }
  );
}

function outcomeOf(
  { jobs, participants, isVisitor }: RoomFacts,
  createdMs: number,
  now: number,
): Outcome | null {
  const others = participants.filter(
    (participant) => !isVisitor(identityOf(participant)) && !hasGone(participant),
  );
  // An agent, or whoever it has handed the call on to.
  if (others.some(({ kind }) => !NOT_PEOPLE.has(kind)))
    return {
      status: 'in_progress',
      failureReason: null,
      didConnect: participants.some((participant) => isVisitor(identityOf(participant))),
    };
  const states = jobs.flatMap(({ state }) => (isObject(state) ? [state] : []));
  // Cloud tells how a job ended; a server of one's own says that it was begun, and no more.
  if (states.some(hasFailed)) return { status: 'failed', failureReason: 'stale_sweep', didConnect: null };
  if (states.some(hasSucceeded)) return OVER;
  const startedMs = Math.max(createdMs, ...states.map((state) => nanosToMs(state.started_at)));
  // Whoever has the job is on the way, or was quick to say goodbye: a page that has just seen it go knows better.
  if (now - startedMs < STARTING_MS) return states.length === 0 ? QUEUED : null;
  // Nobody took the job; else who had it has come and gone.
  return states.length === 0
    ? { status: 'failed', failureReason: 'bot_startup_failed', didConnect: false }
    : OVER;
}

function createdAt(room: JsonObject): number | null {
  const ms = Number(room.creation_time_ms ?? 0) || Number(room.creation_time ?? 0) * 1000;
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}

function identityOf(participant: JsonObject): string {
  return firstText(participant, ['identity']) ?? '';
}

/** Listed for a moment after it has left. */
function hasGone({ state }: JsonObject): boolean {
  return state === 'DISCONNECTED' || state === 3;
}

function hasFailed({ status }: JsonObject): boolean {
  return status === 'JS_FAILED' || status === 3;
}

function hasSucceeded({ status }: JsonObject): boolean {
  return status === 'JS_SUCCESS' || status === 2;
}

function nanosToMs(value: unknown): number {
  const ms = Number(value ?? 0) / 1e6;
  return Number.isFinite(ms) ? ms : 0;
}
