import { lazy } from '../async/lazy.js';
import { randomId } from '../wire/random-id.js';
import { RequestSender, readJson, type RequestEnvironment } from './request.js';
import { readRelayFeatures, type RelayFeatures } from '../wire/relay-features.js';
import type { ChatReply } from '../wire/chat-reply.js';

const loadReader = lazy(() => import('./read-chat-answer.js'));

export interface WidgetClientOptions extends RequestEnvironment {
  /** Widget key `osm_…`; leave it out when `baseUrl` is a relay that has the key. */
  apiKey?: string | undefined;
  /** API or relay origin and path prefix. Default `https://api.osmtalk.com`. */
  baseUrl?: string | undefined;
  /** Sent as `X-Organization-Id`. */
  organizationId?: string | undefined;
  /** Time limit of each try, in milliseconds. Default 30,000. */
  timeoutMs?: number;
  /** Further tries after 408, 429, 5xx or a network error. Default 2. */
  maxRetries?: number;
}

export interface CallOptions {
  /** Cancels the request; the promise rejects with an `ApiError` of code `aborted`. */
  signal?: AbortSignal | undefined;
}

export interface PostOptions extends CallOptions {
  /** Pass the same key to send the same thing again. Default: a new random one. */
  idempotencyKey?: string | undefined;
}

export interface ChatOptions extends PostOptions {
  /**
   * When given, a streamed reply is asked for, and this is called with the whole text so far whenever a piece of text arrives.
   * After a broken stream the request is sent again, and the text starts anew. Text that came before a failure is not a reply.
   */
  onText?: (textSoFar: string) => void;
  /** Set for a message that may have arrived before: it is not sent to a server that its idempotency key does not reach. */
  onlyWithKey?: boolean | undefined;
}

export interface ConnectBody {
  dynamicVariables?: Record<string, unknown> | undefined;
  agentVersion?: number | undefined;
  userId?: string | undefined;
  metadata?: Record<string, unknown> | undefined;
  /** What to change of the agent for this conversation. */
  assistantOverride?: Record<string, unknown> | undefined;
  /** The session of the chat: that of a chat message, or the one that a call goes on with. */
  sessionId?: string | undefined;
}

export interface ChatBody extends ConnectBody {
  message: string;
}

export const DEFAULT_BASE_URL = 'https://api.osmtalk.com';

/** Makes the sender that clients with these settings share. It remembers which headers the server's CORS lets through. */
export function senderFor(options: WidgetClientOptions): RequestSender {
  return new RequestSender({ ...options, baseUrl: options.baseUrl || DEFAULT_BASE_URL });
}

/** The part of `WidgetClient` that a page needs before anybody calls. */
export class ChatClient {
  readonly #sender: RequestSender;

  constructor(sender: RequestSender) {
    this.#sender = sender;
  }

  /**
   * False once it is known that no `Idempotency-Key` reaches the server, since its CORS list lacks that header: a POST that may
   * have arrived must then be sent again only when the visitor asks for it.
   */
  get canRepeat(): boolean {
    return this.#sender.canRepeat;
  }

  /**
   * Sends one chat message: `POST /api/widget/agents/:id/chat`. Understands whole and streamed replies. The text is empty where
   * the server has nothing to say, as when a person answers later. Rejects with an `ApiError`.
   */
  chat(agentId: string, body: ChatBody, options: ChatOptions = {}): Promise<ChatReply> {
    const { onText } = options;
    // Loads the reader while the request runs; a page that never chats does not load it.
    void loadReader();
    return this.#sender.send({
      method: 'POST',
      path: `/api/widget/agents/${encodeURIComponent(agentId)}/chat`,
      body,
      idempotencyKey: options.idempotencyKey ?? randomId(),
      signal: options.signal,
      onlyWithKey: options.onlyWithKey,
      ...(onText ? { accept: 'text/event-stream, application/json;q=0.9' } : {}),
      read: async (response, onPiece) => (await loadReader()).readChatAnswer(response, { onPiece, onText }),
    });
  }

  /**
   * What a relay at `baseUrl` offers: `GET /api/widget/features`, tried once. The platform itself has no such route. Rejects with
   * an `ApiError`.
   */
  getFeatures(options: CallOptions = {}): Promise<RelayFeatures> {
    return this.#sender.send({
      method: 'GET',
      path: '/api/widget/features',
      ...options,
      maxRetries: 0,
      read: async (response) => readRelayFeatures(await readJson(response)),
    });
  }
}
