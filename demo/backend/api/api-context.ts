import type { CallStore } from '../calls/call-store.js';
import type { LiveCalls } from '../calls/live-calls.js';
import type { OutboundCalls } from '../calls/outbound-calls.js';
import type { ChatSessions } from '../chat/chat-sessions.js';
import type { Timings } from '../timings.js';
import type { Access } from './access.js';

/** What the routes work with: made once per backend. */
export interface ApiServices {
  calls: CallStore;
  liveCalls: LiveCalls;
  outboundCalls: OutboundCalls;
  chatSessions: ChatSessions;
  timings: Timings;
}

/** One request on its way to its route. */
export interface ApiRequest extends ApiServices {
  request: Request;
  url: URL;
  /** The `:id` of the path. */
  id: string;
  /** The body, parsed as JSON. */
  body: unknown;
  access: Access;
  /** Aborts when the client or the backend goes away. */
  signal: AbortSignal;
}

export type ApiHandler = (api: ApiRequest) => Promise<Response> | Response;
