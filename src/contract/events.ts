import type { CallState } from '../call/call-state.js';
import type { ErrorDetail } from '../failures/describe-error.js';
import type { Failure } from '../failures/failure.js';
import type { AgentState, ToolStatus, TranscriptEntry } from '../voice/transport.js';

/** Sent before a call starts. A listener may change the fields, or cancel the event to prevent the call. */
export interface CallStartDetail {
  agentId: string;
  /** With those that tell the agent of page, language and conversation, where the site wants that. */
  dynamicVariables: Record<string, unknown>;
  /** Missing where the site has set none; may be added. */
  assistantOverride?: Record<string, unknown> | undefined;
}

export interface CallEndDetail {
  /** `null` when the connect request was never answered. */
  callId: string | null;
  durationSeconds: number;
  /** Whether visitor and agent were really connected. */
  connected: boolean;
  failure: Failure | null;
}

export interface MessageDetail {
  id: string;
  role: 'user' | 'agent';
  text: string;
}

export interface StateChangeDetail {
  callState: CallState;
  agentState: AgentState;
}

/** What a visitor thought of a conversation. */
export interface RatingDetail {
  /** 1 to 5, 5 is the best. */
  rating: number;
  /** The visitor's comment; may be empty. */
  comment: string;
  /** Id of the last call; `null` after a chat. */
  callId: string | null;
  /** Duration of the last call, in seconds; 0 after a chat. */
  durationSeconds: number;
}

/** The visitor has agreed to the `consent-text`. */
export interface ConsentDetail {
  /** Identifies the text, the terms and the privacy notice that were agreed to: another text has another version. */
  version: string;
  /** When the visitor agreed, in milliseconds since 1970. */
  at: number;
}

/** Whether the running call is being recorded. */
export interface RecordingDetail {
  recording: boolean;
}

/** How far a call to the visitor's phone has come. */
export interface CallbackDetail {
  /** `refused`: the number was not taken. `unwatched`: the call goes on, and the page learns no more of it. */
  state: 'calling' | 'ringing' | 'talking' | 'ended' | 'failed' | 'refused' | 'unwatched';
}

/** What has become of the line beside the closed launcher. */
export interface TeaserDetail {
  action: 'shown' | 'pressed' | 'dismissed';
}

/** What the visitor thinks of one reply. */
export interface FeedbackDetail {
  /** Id of the message, as in `osmtalk-message`. */
  id: string;
  /** `null`: taken back. */
  value: 'up' | 'down' | null;
}

/** Every event of the element. All bubble and are composed. */
export interface OsmtalkEventMap {
  'osmtalk-ready': CustomEvent<null>;
  'osmtalk-open': CustomEvent<null>;
  'osmtalk-close': CustomEvent<null>;
  'osmtalk-call-start': CustomEvent<CallStartDetail>;
  'osmtalk-call-connected': CustomEvent<{ callId: string | null }>;
  'osmtalk-call-end': CustomEvent<CallEndDetail>;
  'osmtalk-failure': CustomEvent<Failure>;
  'osmtalk-message': CustomEvent<MessageDetail>;
  'osmtalk-transcript': CustomEvent<TranscriptEntry>;
  'osmtalk-state-change': CustomEvent<StateChangeDetail>;
  'osmtalk-tool-call': CustomEvent<ToolStatus>;
  'osmtalk-rating': CustomEvent<RatingDetail>;
  'osmtalk-error': CustomEvent<ErrorDetail>;
  'osmtalk-consent': CustomEvent<ConsentDetail>;
  'osmtalk-recording': CustomEvent<RecordingDetail>;
  'osmtalk-context': CustomEvent<{ sent: boolean }>;
  'osmtalk-choice': CustomEvent<{ label: string }>;
  'osmtalk-unread': CustomEvent<{ count: number }>;
  'osmtalk-teaser': CustomEvent<TeaserDetail>;
  'osmtalk-feedback': CustomEvent<FeedbackDetail>;
  'osmtalk-callback': CustomEvent<CallbackDetail>;
}

/** The names of all events. The compiler rejects a list that lacks one of `OsmtalkEventMap`. */
export const EVENT_NAMES = /* @__PURE__ */ Object.keys({
  'osmtalk-ready': true,
  'osmtalk-open': true,
  'osmtalk-close': true,
  'osmtalk-call-start': true,
  'osmtalk-call-connected': true,
  'osmtalk-call-end': true,
  'osmtalk-failure': true,
  'osmtalk-message': true,
  'osmtalk-transcript': true,
  'osmtalk-state-change': true,
  'osmtalk-tool-call': true,
  'osmtalk-rating': true,
  'osmtalk-error': true,
  'osmtalk-consent': true,
  'osmtalk-recording': true,
  'osmtalk-context': true,
  'osmtalk-choice': true,
  'osmtalk-unread': true,
  'osmtalk-teaser': true,
  'osmtalk-feedback': true,
  'osmtalk-callback': true,
} satisfies Record<keyof OsmtalkEventMap, true>) as (keyof OsmtalkEventMap)[];

/** Dispatches an event of the element; returns false when a listener cancelled it. */
export type Dispatch = <Name extends keyof OsmtalkEventMap>(
  name: Name,
  detail: OsmtalkEventMap[Name]['detail'],
  options?: { cancelable?: boolean },
) => boolean;

export function dispatchFrom(element: EventTarget): Dispatch {
  return (name, detail, { cancelable = false } = {}) =>
    element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
}
