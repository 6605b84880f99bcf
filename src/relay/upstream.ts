import type { ChatReply as WireReply, SupportState } from '../wire/chat-reply.js';
import type { UpstreamLink } from './upstream-link.js';

/** The features that a visitor may be offered. */
export type Feature = 'voice' | 'chat' | 'callback';

/** The fields of every request to an upstream. Holds only what the relay has read and checked. */
interface Ask {
  /** The name by which the page calls the agent; one of `allow.agents`. */
  agentId: string;
  /** A random id, the same for all requests that one visitor makes with the ids they were given. Never a phone number. */
  visitor: string;
  dynamicVariables?: Record<string, unknown> | undefined;
  agentVersion?: number | undefined;
  /** The page's own key; already checked to be fit for a header. */
  idempotencyKey?: string | undefined;
}

export interface ConnectRequest extends Ask {
  userId?: string | undefined;
  metadata?: Record<string, unknown> | undefined;
  assistantOverride?: Record<string, unknown> | undefined;
  /** The upstream's own id of the visitor's chat, which a call goes on with; absent before the first message. */
  sessionId?: string | undefined;
}

export interface ChatRequest extends ConnectRequest {
  message: string;
  /** Whether the site knows this visitor, who may have a conversation under way that this page does not know of. */
  isKnownVisitor: boolean;
  /** Whether the page prefers the reply in pieces. */
  wantsStream: boolean;
}

export interface CallbackRequest extends Ask {
  /** E.164. */
  destination: string;
  phoneNumberId?: string | undefined;
}

export interface ConnectAnswer {
  /** The upstream's own id; the page gets it signed. */
  callId: string | null;
  /** Sent to the page, with its `callId`: where the call takes place. */
  offer: Record<string, unknown>;
}

export interface ChatReply extends SupportState, Pick<WireReply, 'choices'> {
  /** May be empty while a person answers. */
  reply: string;
  /** The upstream's own id; the page gets it signed. */
  sessionId: string | null;
}

/** One event of a streamed reply. The fields of `SupportState` come with the last event. */
export interface ChatEvent extends SupportState, Pick<WireReply, 'choices'> {
  /** The next part of the text. */
  delta?: string;
  sessionId?: string;
  done?: boolean;
}

/** The reply as a whole, or in events as it is made. */
export type ChatAnswer = ChatReply | AsyncGenerator<ChatEvent, void>;

/** How a call went, with the statuses and reasons of the widget API. */
export interface CallFacts {
  status: string;
  failureReason: unknown;
  didConnect: boolean | null;
  durationSeconds: number | null;
  transcript?: { role: 'user' | 'agent'; text: string; at?: string }[];
  recordingUrl?: string | null;
  startedAt: string | null;
  endedAt: string | null;
  channel: string | null;
}

/**
 * A platform behind the relay. It sends its requests by the `UpstreamLink` it is given, which bounds time and size, follows no
 * redirect and turns every failure into a documented error.
 */
export interface Upstream {
  /** The name of the platform, for the audit hook. */
  readonly name: string;
  /** The features it offers; the widget hides the others. */
  readonly features: readonly Feature[];
  /** Why it does not offer the other features: the message of the 404 for a page that requests one all the same. */
  readonly notOffered?: Partial<Record<Feature, string>>;
  /** Whether it calls from a phone line of its own, so that the page need not name one. Default false. */
  readonly choosesLine?: boolean;
  /** Whether the platform gives the same answer to the same `Idempotency-Key`. Else the relay remembers answers for it. */
  readonly knowsIdempotencyKeys: boolean;
  /** Never sent to a page: an answer that holds one of them is refused. */
  readonly secrets: readonly string[];
  connect?(ask: ConnectRequest, link: UpstreamLink): Promise<ConnectAnswer>;
  chat?(ask: ChatRequest, link: UpstreamLink): Promise<ChatAnswer>;
  /** Calls a telephone. Costs money: the request is sent once, whatever happens. */
  startCall?(ask: CallbackRequest, link: UpstreamLink): Promise<{ callId: string }>;
  /** Reads the record of a call. `callId` is one that `connect` or `startCall` has answered. */
  readCall?(callId: string, link: UpstreamLink): Promise<CallFacts>;
}
