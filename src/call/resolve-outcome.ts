import type { CallRecord } from '../wire/call-record.js';
import { toFailureReason } from '../failures/failure-reasons.js';
import type { CallAttempt } from './call-attempt.js';
import { CALL_LIMITS } from './call-limits.js';
import { decideOutcome, ownReason, type EndedBy, type CallOutcome } from './call-outcome.js';
import { readOutcome } from './read-outcome.js';
import { withinMs } from '../async/within-ms.js';

export interface EndedCall {
  attempt: CallAttempt;
  endedBy: EndedBy;
  error: unknown;
  /** How long the connection was up, in milliseconds; `null` when it never came up. */
  liveMs: number | null;
  /** The agent vanished while it was speaking, and did not come back. */
  agentCutOff: boolean;
}

export interface ResolvedOutcome {
  verdict: CallOutcome;
  /** The platform's record, when reading it takes longer than a visitor can wait; resolves with `null` when it cannot be read. */
  late: Promise<CallRecord | null> | null;
}

/** Decides the outcome of an ended call: from what the page observed, and from the platform's record where that can add to it. */
export async function resolveOutcome({
  attempt,
  endedBy,
  error,
  liveMs,
  agentCutOff,
}: EndedCall): Promise<ResolvedOutcome> {
  const { agent: agentHeard, caller: callerHeard } = attempt.watch.heard;
  const changedMind = liveMs === null || liveMs < CALL_LIMITS.changeOfMindMs;
  // After a handover, the end of the agent says nothing about the talk with the person.
  if (attempt.handedOver && (endedBy === 'visitor' || endedBy === 'remote'))
    return { verdict: { connected: true, reason: null, source: 'device' }, late: null };
  // A visitor who hangs up on an agent that has died did not end the call by choice.
  if (endedBy === 'visitor' && (agentHeard || changedMind) && !attempt.agentDied) {
    const fine: CallOutcome = { connected: agentHeard, reason: null, source: 'device' };
    if (!attempt.plan.tellsEveryFailure || attempt.callId === null) return { verdict: fine, late: null };
    const { record, late } = await readRecord(attempt, attempt.callId);
    const stated = record?.status === 'failed' ? toFailureReason(record.failureReason) : 'unknown';
    return { verdict: stated === 'unknown' ? fine : { ...fine, reason: stated, source: 'server' }, late };
  }

  const own = ownReason(
    {
      agentJoined: attempt.agentSeen,
      agentHeard,
      callerHeard: attempt.hasTyped || callerHeard,
      agentCutOff: agentCutOff || attempt.agentDied,
      // Only for a visitor who hung up: they changed their mind. Anybody else ended the call because nobody spoke.
      agentWaited: endedBy === 'visitor' && attempt.agentWaited,
    },
    endedBy,
    error,
  );
  // Before the connection was up, and for an end that the page itself caused, the page knows more than a record that only saw the
  // caller leave.
  const pageKnows =
    liveMs === null || endedBy === 'replaced' || (endedBy === 'error' && own !== 'agent-never-joined');
  const { callId } = attempt;
  if (callId === null || pageKnows) {
    return { verdict: decideOutcome(null, own, agentHeard, endedBy), late: null };
  }
  const { record, late } = await readRecord(attempt, callId);
  return { verdict: decideOutcome(record, own, agentHeard, endedBy), late };
}

/** Reads the record for as long as a visitor can wait; after that, `late` is the reading that goes on. */
async function readRecord(
  { plan, outcomeSignal: signal, diary, ending, agentDied }: CallAttempt,
  callId: string,
): Promise<{ record: CallRecord | null; late: ResolvedOutcome['late'] }> {
  ending.stop();
  const reading = ending.record
    ? Promise.resolve(ending.record)
    : readOutcome({ client: plan.client, callId, signal });
  // After an agent died, the record was already read all the time that the visitor waited for its return.
  const patienceMs = agentDied ? CALL_LIMITS.lastRecordPatienceMs : CALL_LIMITS.recordPatienceMs;
  const record = await withinMs(reading, patienceMs, signal);
  if (record) diary.noteRecord(record);
  return { record, late: record ? null : reading };
}
