import { audibleDb } from '../agent/loudness.js';

/** What was measured in one call. The record is derived from it and from nothing else. */
export interface CallFacts {
  /** Who or what ended it. */
  endedBy:
    | 'caller'
    | 'agent'
    | 'no-sound'
    | 'idle'
    | 'start-window'
    | 'join-window'
    | 'media-lost'
    | 'sweeper'
    | 'provider-errors'
    | 'agent-failure'
    | 'time-limit'
    | 'operator'
    | 'shutdown';
  agentJoined: boolean;
  /** The caller was in the room, with media running. */
  callerConnected: boolean;
  agentFrames: number;
  agentVoicedFrames: number;
  welcomeFinished: boolean;
  callerPackets: number;
  /** dBov, 0 is the loudest; null before the first packet that says. */
  callerLoudestDb: number | null;
  providerErrors: number;
  agentDied: boolean;
  durationSeconds: number;
  /** What the agent's own process gave as the reason, in its words. */
  reportedReason?: string;
  /** The telephone network's answer, in outbound calls. */
  sip?: 'no-answer' | 'rejected';
}

export interface CallOutcome {
  status: 'completed' | 'failed';
  failureReason: string | null;
}

const hungUpAtOnceSeconds = 2;
/** So many errors of a provider end a call on purpose. */
export const providerErrorStorm = 3;

/** The platform's failure reasons, read off what really happened. The order matters: the first cause explains the rest. */
export function deriveOutcome(facts: CallFacts): CallOutcome {
  const failureReason = findFailure(facts);
  return { status: failureReason === null ? 'completed' : 'failed', failureReason };
}

function findFailure(facts: CallFacts): string | null {
  if (facts.sip === 'no-answer') return 'sip_no_answer';
  if (facts.sip === 'rejected') return 'sip_rejected';
  if (facts.reportedReason !== undefined) return facts.reportedReason;
  if (facts.agentDied) return 'stale_sweep';
  if (facts.providerErrors >= providerErrorStorm) return 'provider_circuit_open';
  if (facts.endedBy === 'shutdown' || facts.endedBy === 'join-window') return 'unknown';
  if (hungUpAtOnce(facts)) return 'caller_hung_up_silently';
  if (!facts.agentJoined) return 'bot_startup_failed';
  if (!facts.callerConnected) return 'no_audio_either_direction';
  if (facts.agentVoicedFrames === 0) {
    return callerWasHeard(facts) ? 'no_audio_output' : 'no_audio_either_direction';
  }
  return facts.endedBy === 'idle' ? 'idle_timeout' : null;
}

function hungUpAtOnce(facts: CallFacts): boolean {
  return facts.endedBy === 'caller' && !facts.welcomeFinished && facts.durationSeconds <= hungUpAtOnceSeconds;
}

function callerWasHeard(facts: CallFacts): boolean {
  return facts.callerLoudestDb !== null && facts.callerLoudestDb > audibleDb;
}
