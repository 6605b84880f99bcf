import type { DeviceFailureReason } from './failure-reasons.js';

/** What the page itself saw of a call. */
export interface CallFacts {
  agentJoined: boolean;
  /** Sound energy arrived from the agent and was played. */
  agentHeard: boolean;
  /** Sound energy came out of the microphone; `null` where this browser does not say. */
  callerHeard: boolean | null;
  /** The agent vanished in the middle of a sentence, or its link died, and it did not come back. */
  agentCutOff: boolean;
  /** The agent listened, and was never said to speak: it let the visitor begin. */
  agentWaited: boolean;
}

/** The page's own reason for a call without a conversation, for when the platform's is late, missing or `unknown`. */
export function diagnoseCall(
  facts: CallFacts,
): DeviceFailureReason | 'no_audio_either_direction' | 'stale_sweep' | 'unknown' {
  if (!facts.agentJoined) return 'agent-never-joined';
  // Whatever was heard: of a process that died, no silence is the visitor's.
  if (facts.agentCutOff) return 'stale_sweep';
  // What is not known of the caller is not blamed on them.
  if (!facts.agentHeard) {
    if (facts.callerHeard !== false) return 'agent-silent';
    return facts.agentWaited ? 'unknown' : 'no_audio_either_direction';
  }
  return facts.callerHeard === false ? 'caller-silent' : 'unknown';
}
