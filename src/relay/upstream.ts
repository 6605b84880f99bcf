import type { SupportState } from '../wire/chat-reply.js';
import type { UpstreamLink } from './upstream-link.js';

/** What a visitor may be offered. */
export type Feature = 'voice' | 'chat' | 'callback';

/** What every request to an upstream is about. Holds only what the relay has read and checked. */
interface Ask {
  /** The name by which the page calls the agent; one of `allow.agents`. */
  agentId: string;
  /** A random id, the same for all that one visitor asks under the ids they were given. Never a phone number. */
  visitor: string;
  dynamicVariables?: Record<string, unknown> | undefined;
  agentVersion?: number | undefined;
  /** The page's own; already checked to be fit for a header. */
  idempotencyKey?: string | undefined;
}

export interface ConnectRequest extends Ask {
  userId?: string | undefined;
  metadata?: Record<string, unknown> | undefined;
  assistantOverride?: Record<string, unknown> | undefined;
}

export interface ChatRequest extends ConnectRequest {
  message: string;
  /** The upstream's own id of the conversation; absent at its first message. */
  sessionId?: string | undefined;
  /** The site knows this visitor, who may have a conversation under way that this page knows nothing of. */
  isKnownVisitor: boolean;
  /** The page would rather have the reply piece by piece. */
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

export interface ChatReply extends SupportState {
  /** May be empty while a person answers. */
  reply: string;
  /** The upstream's own id; the page gets it signed. */
  sessionId: string | null;
}

/** What `SupportState` says comes with the last event. */
export interface ChatEvent extends SupportState {
  /** The next part of the text. */
  delta?: string;
  sessionId?: string;
  done?: boolean;
}

/** The reply as a whole, or as it is made. */
export type ChatAnswer = ChatReply | AsyncGenerator<ChatEvent, void>;

/** How a call went, in the words of the widget API. */
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
 * A platform behind the relay. It speaks through the link it is given, which bounds time and size, follows no redirect and
 * turns every failure into a documented error.
 */
export interface Upstream {
  /** For the audit hook. */
  readonly name: string;
  /** What it offers; the widget hides the rest. */
  readonly features: readonly Feature[];
  /** Why not the rest: the message of the 404 that a page gets who asks for it all the same. */
  readonly notOffered?: Partial<Record<Feature, string>>;
  /** It phones from a line of its own: the page need not name one. Default false. */
  readonly choosesLine?: boolean;
  /** The platform gives the same answer to the same `Idempotency-Key`. Else the relay remembers answers for it. */
  readonly knowsIdempotencyKeys: boolean;
  /** Never sent to a page: an answer that holds one of them is refused. */
  readonly secrets: readonly string[];
  connect?(ask: ConnectRequest, link: UpstreamLink): Promise<ConnectAnswer>;
  chat?(ask: ChatRequest, link: UpstreamLink): Promise<ChatAnswer>;
  /** Phones somebody. Costs money: sent once, whatever happens. */
  startCall?(ask: CallbackRequest, link: UpstreamLink): Promise<{ callId: string }>;
  /** `callId` is one that `connect` or `startCall` has answered. */
  readCall?(callId: string, link: UpstreamLink): Promise<CallFacts>;
}
