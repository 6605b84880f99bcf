import { isObject, type JsonObject } from '../read-json.js';
import type { CallFacts } from '../upstream.js';
import { firstText } from './read-fields.js';

/** What a LiveKit server reports about a room. */
export interface RoomFacts {
  room: JsonObject;
  /** The jobs of the agents that were dispatched into the room. */
  jobs: readonly JsonObject[];
  /** Who is in the room now. */
  participants: readonly JsonObject[];
  isVisitor: (identity: string) => boolean;
}

/** An agent that has not joined by then does not join: the widget waits as long. */
const STARTING_MS = 15_000;

/** The kinds of participants that are nobody to talk to: what takes sound out of the room, or brings it in. */
const NOT_PEOPLE = new Set<unknown>(['EGRESS', 'INGRESS', 2, 1]);

type Outcome = Pick<CallFacts, 'status' | 'failureReason' | 'didConnect'>;

const QUEUED: Outcome = { status: 'queued', failureReason: null, didConnect: null };
/** `didConnect` is not known here: the page knows better whether anybody was heard. */
const OVER: Outcome = { status: 'completed', failureReason: null, didConnect: null };

/**
 * Returns the record of a call from the state of its room; `null` where that does not show it yet. `facts` is `null` when the
 * room is closed: LiveKit keeps nothing of a closed room, so all that is known is that the call is over. While the room is
 * open, the dispatched agent decides: it is on its way, present, gone, or never came.
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
  // An agent, or the person to whom it has handed the call.
  if (others.some(({ kind }) => !NOT_PEOPLE.has(kind)))
    return {
      status: 'in_progress',
      failureReason: null,
      didConnect: participants.some((participant) => isVisitor(identityOf(participant))),
    };
  const states = jobs.flatMap(({ state }) => (isObject(state) ? [state] : []));
  // LiveKit Cloud reports how a job ended; a self-hosted server reports only that the job was begun.
  if (states.some(hasFailed)) return { status: 'failed', failureReason: 'stale_sweep', didConnect: null };
  if (states.some(hasSucceeded)) return OVER;
  const startedMs = Math.max(createdMs, ...states.map((state) => nanosToMs(state.started_at)));
  // The agent with the job is on its way, or has left early: a page that has just seen it leave knows better.
  if (now - startedMs < STARTING_MS) return states.length === 0 ? QUEUED : null;
  // Without a state no agent took the job; else the agent has come and gone.
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

/** Whether a participant has left: it is listed for a moment longer. */
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
