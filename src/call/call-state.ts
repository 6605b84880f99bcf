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

/** All that is known of the current or the last call. Replaced, never changed. */
export interface CallStatus {
  callState: CallState;
  agentState: ToldState;
  /** Somebody to talk to is there: an agent, or the person it handed the call to. */
  agentJoined: boolean;
  /** The person's name, perhaps empty; `null` while it is an agent. */
  person: string | null;
  /** The link between the server and the agent is dead: what is said may not arrive. */
  agentLinkLost: boolean;
  muted: boolean;
  /** Somebody records the call. */
  recording: boolean;
  playbackBlocked: boolean;
  /** The browser is about to ask for the microphone, or is asking. */
  prompting: boolean;
  hint: SilenceHint | null;
  callId: string | null;
  /** When the link came up, in milliseconds of the session's clock. */
  connectedAtMs: number | null;
  /** Seconds from link up to the end; set when the call is over. */
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

/** A call is under way: no second one may start, and the microphone may be open. */
export function isActive(state: CallState): boolean {
  return state === 'requesting-microphone' || state === 'connecting' || isLive(state) || state === 'ending';
}

/** Sound can flow, or is about to again. */
export function isLive(state: CallState): boolean {
  return state === 'connected' || state === 'reconnecting';
}

/** The four states that pages know; what is none of them is not known. */
export function publicState(state: ToldState): AgentState {
  return state === 'idle' || state === 'failed' ? 'initializing' : state;
}
