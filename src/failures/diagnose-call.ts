import type { DeviceFailureReason } from './failure-reasons.js';

/** What the page itself observed of a call. */
export interface CallFacts {
  agentJoined: boolean;
  /** Sound energy arrived from the agent and was played. */
  agentHeard: boolean;
  /** Sound energy came out of the microphone; `null` where this browser measures none. */
  callerHeard: boolean | null;
  /** The agent vanished while it was speaking, or its connection was lost, and it did not come back. */
  agentCutOff: boolean;
  /** The agent reported that it listens, and never that it speaks: it let the visitor begin. */
  agentWaited: boolean;
}

/** The page's own reason for a call without a conversation, used when the platform's is late, missing or `unknown`. */
export function diagnoseCall(
  facts: CallFacts,
): DeviceFailureReason | 'no_audio_either_direction' | 'stale_sweep' | 'unknown' {
  if (!facts.agentJoined) return 'agent-never-joined';
  // Whatever was heard: when the agent's process died, no silence is the visitor's fault.
  if (facts.agentCutOff) return 'stale_sweep';
  // Where the caller's sound was not measured, it must not be called silent.
  if (!facts.agentHeard) {
    if (facts.callerHeard !== false) return 'agent-silent';
    return facts.agentWaited ? 'unknown' : 'no_audio_either_direction';
  }
  return facts.callerHeard === false ? 'caller-silent' : 'unknown';
}
