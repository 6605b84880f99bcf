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
  /** How long the link was up; `null` when it never came up. */
  liveMs: number | null;
  /** The agent vanished in the middle of a sentence, and did not come back. */
  agentCutOff: boolean;
}

export interface ResolvedOutcome {
  verdict: CallOutcome;
  /** The platform's record, when it takes longer than a visitor can wait. */
  late: Promise<CallRecord | null> | null;
}

/** How a call ended that is over: by what the page saw of it, and by the platform's record where that can tell more. */
export async function resolveOutcome({
  attempt,
  endedBy,
  error,
  liveMs,
  agentCutOff,
}: EndedCall): Promise<ResolvedOutcome> {
  const { agent: agentHeard, caller: callerHeard } = attempt.watch.heard;
  const changedMind = liveMs === null || liveMs < CALL_LIMITS.changeOfMindMs;
  // How an agent ended that handed the call on says nothing of the talk with the person.
  if (attempt.handedOver && (endedBy === 'visitor' || endedBy === 'remote'))
    return { verdict: { connected: true, reason: null, source: 'device' }, late: null };
  // Who hangs up on an agent that has died did not end the call as they liked.
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
      // Whoever else ended it did so because nobody spoke; a visitor who did not begin has changed their mind.
      agentWaited: endedBy === 'visitor' && attempt.agentWaited,
    },
    endedBy,
    error,
  );
  // Before the link was up, and of its own doings, the page knows better than a record that only saw the caller leave.
  const pageKnows =
    liveMs === null || endedBy === 'replaced' || (endedBy === 'error' && own !== 'agent-never-joined');
  const { callId } = attempt;
  if (callId === null || pageKnows) {
    return { verdict: decideOutcome(null, own, agentHeard, endedBy), late: null };
  }
  const { record, late } = await readRecord(attempt, callId);
  return { verdict: decideOutcome(record, own, agentHeard, endedBy), late };
}

/** The record, for as long as a visitor can wait; else what will become of it. */
async function readRecord(
  { plan, outcomeSignal: signal, diary, ending, agentDied }: CallAttempt,
  callId: string,
): Promise<{ record: CallRecord | null; late: ResolvedOutcome['late'] }> {
  ending.stop();
  const reading = ending.record
    ? Promise.resolve(ending.record)
    : readOutcome({ client: plan.client, callId, signal });
  // Of an agent that died it was asked for all the time that the visitor waited.
  const patienceMs = agentDied ? CALL_LIMITS.lastRecordPatienceMs : CALL_LIMITS.recordPatienceMs;
  const record = await withinMs(reading, patienceMs, signal);
  if (record) diary.noteRecord(record);
  return { record, late: record ? null : reading };
}
