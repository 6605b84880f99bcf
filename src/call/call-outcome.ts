import type { CallRecord } from '../wire/call-record.js';
import { classifyError } from '../failures/classify-error.js';
import { diagnoseCall, type CallFacts } from '../failures/diagnose-call.js';
import type { Failure } from '../failures/failure.js';
import { toFailureReason, type FailureReason } from '../failures/failure-reasons.js';
import type { LinkEnd } from '../voice/transport.js';

export type EndedBy = 'visitor' | 'error' | LinkEnd;

/** How a call ended, before words are found for it. */
export interface CallOutcome {
  connected: boolean;
  /** `null`: the call ended as calls do. */
  reason: FailureReason | null;
  source: Failure['source'];
}

/** What the page itself knows of why the call is over. */
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

/** The platform's reason when it gives one, else what the page measured. */
export function decideOutcome(
  record: CallRecord | null,
  own: FailureReason,
  agentHeard: boolean,
  endedBy: EndedBy,
): CallOutcome {
  const stated = record?.status === 'failed' ? toFailureReason(record.failureReason) : null;
  // The record's `didConnect` is true as soon as the agent was in the session; the visitor counts what they heard.
  const connected = agentHeard;
  if (stated !== null && stated !== 'unknown') return { connected, reason: stated, source: 'server' };
  // The agent hung up after a conversation: that is how calls end.
  const isTold = endedBy === 'remote' && record !== null;
  // So did a visitor whom the agent let begin, and who did not.
  const sawNothingWrong = own === 'unknown' && (agentHeard || endedBy === 'visitor');
  if (stated === null && ((agentHeard && isTold) || sawNothingWrong)) {
    return { connected, reason: null, source: 'device' };
  }
  return { connected, reason: own, source: own === 'unknown' && record ? 'server' : 'device' };
}
