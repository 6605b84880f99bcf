import type { DeviceFailureReason } from './failure-reasons.js';

/** What the page itself saw of a call. */
export interface CallFacts {
  agentJoined: boolean;
  /** Sound energy arrived from the agent and was played. */
  agentHeard: boolean;
  /** Sound energy came out of the microphone; `null` where this browser does not say. */
  callerHeard: boolean | null;
  /** The agent vanished in the middle of a sentence, and did not come back. */
  agentCutOff: boolean;
}

/** The page's own reason for a call without a conversation, for when the platform's is late, missing or `unknown`. */
export function diagnoseCall(
  facts: CallFacts,
): DeviceFailureReason | 'no_audio_either_direction' | 'stale_sweep' | 'unknown' {
  if (!facts.agentJoined) return 'agent-never-joined';
  // What is not known of the caller is not blamed on them.
  if (!facts.agentHeard) return facts.callerHeard === false ? 'no_audio_either_direction' : 'agent-silent';
  if (facts.agentCutOff) return 'stale_sweep';
  return facts.callerHeard === false ? 'caller-silent' : 'unknown';
}
