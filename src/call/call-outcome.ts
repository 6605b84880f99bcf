import type { CallRecord } from '../wire/call-record.js';
import { classifyError } from '../failures/classify-error.js';
import { diagnoseCall, type CallFacts } from '../failures/diagnose-call.js';
import type { Failure } from '../failures/failure.js';
import { toFailureReason, type FailureReason } from '../failures/failure-reasons.js';
import type { LinkEnd } from '../voice/transport.js';

export type EndedBy = 'visitor' | 'error' | LinkEnd;

/** How a call ended: the reason, without the text that describes it. */
export interface CallOutcome {
  connected: boolean;
  /** `null`: the call ended normally. */
  reason: FailureReason | null;
  source: Failure['source'];
}

/** The page's own reason for the end of the call, from its measurements or from the thrown error. */
export function ownReason(facts: CallFacts, endedBy: EndedBy, error: unknown): FailureReason {
  switch (endedBy) {
    case 'error':
      return classifyError(error) ?? 'unknown';
    case 'lost':
      return 'connection-lost';
    case 'replaced':
      return 'call-in-another-tab';
    case 'remote':
    case 'visitor':
      return diagnoseCall(facts);
  }
}

/** Decides the outcome: the platform's reason when its record gives one, else the page's own reason. */
export function decideOutcome(
  record: CallRecord | null,
  own: FailureReason,
  agentHeard: boolean,
  endedBy: EndedBy,
): CallOutcome {
  const stated = record?.status === 'failed' ? toFailureReason(record.failureReason) : null;
  // The record's `didConnect` is true as soon as the agent was in the session; for the visitor, only a heard agent counts as
  // connected.
  const connected = agentHeard;
  if (stated !== null && stated !== 'unknown') return { connected, reason: stated, source: 'server' };
  // The agent was heard and then hung up: a normal end.
  const isTold = endedBy === 'remote' && record !== null;
  // A visitor who hung up and had nothing to report (the agent waited for them to begin) ended the call normally, too.
  const sawNothingWrong = own === 'unknown' && (agentHeard || endedBy === 'visitor');
  if (stated === null && ((agentHeard && isTold) || sawNothingWrong)) {
    return { connected, reason: null, source: 'device' };
  }
  return { connected, reason: own, source: own === 'unknown' && record ? 'server' : 'device' };
}
