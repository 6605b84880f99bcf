import type { Failure } from '../failures/failure.js';
import type { AgentState, ToldState } from '../voice/transport.js';
import type { SilenceHint } from './silence-detector.js';

export type CallState =
  | 'idle'
  | 'requesting-microphone'
  | 'connecting'
  | 'connected'
  | 'reconnecting'
  | 'ending'
  | 'ended'
  | 'failed';

/** The state of the current or the last call. Each change makes a new object. */
export interface CallStatus {
  callState: CallState;
  agentState: ToldState;
  /** An agent is there, or the person it handed the call to. */
  agentJoined: boolean;
  /** The person's name, perhaps empty; `null` while it is an agent. */
  person: string | null;
  /** The connection between the media server and the agent is lost: the agent may not hear the visitor. */
  agentLinkLost: boolean;
  muted: boolean;
  /** The call is being recorded. */
  recording: boolean;
  playbackBlocked: boolean;
  /** The browser is about to ask for the microphone, or is asking. */
  prompting: boolean;
  hint: SilenceHint | null;
  callId: string | null;
  /** When the connection came up, in milliseconds of the session's clock. */
  connectedAtMs: number | null;
  /** Seconds from the connection coming up until the end; 0 until the call ends. */
  durationSeconds: number;
  failure: Failure | null;
}

export const IDLE: CallStatus = Object.freeze({
  callState: 'idle',
  agentState: 'initializing',
  agentJoined: false,
  person: null,
  agentLinkLost: false,
  muted: false,
  recording: false,
  playbackBlocked: false,
  prompting: false,
  hint: null,
  callId: null,
  connectedAtMs: null,
  durationSeconds: 0,
  failure: null,
} satisfies CallStatus);

/** Whether a call is under way: no second call may start, and the microphone may be open. */
export function isActive(state: CallState): boolean {
  return state === 'requesting-microphone' || state === 'connecting' || isLive(state) || state === 'ending';
}

/** Whether the call is connected, or is reconnecting. */
export function isLive(state: CallState): boolean {
  return state === 'connected' || state === 'reconnecting';
}

/** Maps the agent's state to the four states of the public API: `idle` and `failed` become `initializing`. */
export function publicState(state: ToldState): AgentState {
  return state === 'idle' || state === 'failed' ? 'initializing' : state;
}
