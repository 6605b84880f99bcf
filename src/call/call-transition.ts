import type { Failure } from '../failures/failure.js';
import type { ToldState } from '../voice/transport.js';
import { IDLE, isActive, isLive, type CallState, type CallStatus } from './call-state.js';
import type { SilenceHint } from './silence-detector.js';

export type CallEvent =
  | { type: 'start' }
  | { type: 'microphone-granted' }
  | { type: 'connect-answered'; callId: string | null }
  | { type: 'link-up'; atMs: number }
  | { type: 'reconnecting' }
  | { type: 'reconnected' }
  | { type: 'agent-joined' }
  | { type: 'agent-left' }
  | { type: 'handed-over'; name: string }
  | { type: 'agent-link'; lost: boolean }
  /** `derived`: the page derived the state from the sound, since the agent did not report it. */
  | { type: 'agent-state'; agentState: ToldState; derived?: boolean }
  | { type: 'muted'; muted: boolean }
  | { type: 'recording'; recording: boolean }
  | { type: 'playback'; blocked: boolean }
  | { type: 'prompting'; prompting: boolean }
  | { type: 'hint'; hint: SilenceHint | null }
  | { type: 'end'; durationSeconds: number }
  | { type: 'ended' }
  | { type: 'failed'; failure: Failure }
  | { type: 'reset' };

/** Seconds since the connection came up, to a tenth; 0 before that. */
export function liveSeconds({ connectedAtMs }: CallStatus, nowMs: number): number {
  return connectedAtMs === null ? 0 : Math.round((nowMs - connectedAtMs) / 100) / 10;
}

/**
 * Returns the status after an event, without side effects. An event that does not apply in this state returns the same object,
 * since late messages of a connection or a server are normal.
 */
export function transition(status: CallStatus, event: CallEvent): CallStatus {
  const { callState } = status;
  switch (event.type) {
    case 'start':
      return isActive(callState) ? status : { ...IDLE, callState: 'requesting-microphone' };
    case 'prompting':
      return callState === 'requesting-microphone' && status.prompting !== event.prompting
        ? { ...status, prompting: event.prompting }
        : status;
    case 'hint':
      return isLive(callState) && status.hint !== event.hint ? { ...status, hint: event.hint } : status;
    case 'microphone-granted':
      return callState === 'requesting-microphone'
        ? { ...status, callState: 'connecting', prompting: false }
        : status;
    case 'connect-answered':
      return callState === 'connecting' ? { ...status, callId: event.callId } : status;
    case 'link-up':
      return callState === 'connecting'
        ? { ...status, callState: 'connected', connectedAtMs: event.atMs }
        : status;
    case 'reconnecting':
      return callState === 'connected' ? { ...status, callState: 'reconnecting' } : status;
    case 'reconnected':
      return callState === 'reconnecting' ? { ...status, callState: 'connected' } : status;
    case 'agent-joined':
      return isUnderWay(callState) && (!status.agentJoined || status.person !== null)
        ? { ...status, agentJoined: true, person: null, agentLinkLost: false, agentState: 'initializing' }
        : status;
    case 'handed-over':
      return isUnderWay(callState) && status.person !== event.name
        ? {
            ...status,
            agentJoined: true,
            person: event.name,
            agentLinkLost: false,
            agentState: 'initializing',
          }
        : status;
    case 'agent-link':
      return isLive(callState) && status.agentLinkLost !== event.lost
        ? { ...status, agentLinkLost: event.lost, hint: null }
        : status;
    case 'agent-left':
      return status.agentJoined && isUnderWay(callState)
        ? { ...status, agentJoined: false, person: null, agentLinkLost: false, agentState: 'initializing' }
        : status;
    case 'agent-state':
      return isUnderWay(callState) && status.agentState !== event.agentState
        ? { ...status, agentState: event.agentState }
        : status;
    case 'muted':
      return isUnderWay(callState) && status.muted !== event.muted
        ? { ...status, muted: event.muted }
        : status;
    case 'recording':
      return isUnderWay(callState) && status.recording !== event.recording
        ? { ...status, recording: event.recording }
        : status;
    case 'playback':
      return isUnderWay(callState) && status.playbackBlocked !== event.blocked
        ? { ...status, playbackBlocked: event.blocked }
        : status;
    case 'end':
      return isActive(callState) && callState !== 'ending'
        ? {
            ...status,
            callState: 'ending',
            durationSeconds: event.durationSeconds,
            playbackBlocked: false,
            recording: false,
            agentLinkLost: false,
            hint: null,
            prompting: false,
          }
        : status;
    case 'ended':
      return callState === 'ending' ? { ...status, callState: 'ended' } : status;
    case 'failed':
      // Allowed after the end, too: the platform's record may arrive late and correct the page's own reason.
      return callState === 'ending' || callState === 'failed' || callState === 'ended'
        ? { ...status, callState: 'failed', failure: event.failure }
        : status;
    case 'reset':
      return isActive(callState) || callState === 'idle' ? status : IDLE;
  }
}

/** Whether the call is between the granted microphone and its end. */
export function isUnderWay(state: CallState): boolean {
  return state === 'connecting' || isLive(state);
}
