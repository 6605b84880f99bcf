import { readCallOffer } from './connect-responses.js';
import { ApiError } from './api-error.js';
import { randomId } from './random-id.js';
import { RequestSender, readJson, waitFor, type ApiRequest, type RequestEnvironment } from './request.js';
import {
  isTerminal,
  readCallPage,
  readCallRecord,
  readList,
  readObject,
  readOutboundCall,
  readRelayFeatures,
  type CallOffer,
  type CallRecord,
  type ChatReply,
  type RelayFeatures,
} from './responses.js';

export type { RelayFeatures } from './responses.js';

export interface WidgetClientOptions extends RequestEnvironment {
  /** Widget key `osm_…`; leave it out when `baseUrl` is a relay that holds the key. */
  apiKey?: string | undefined;
  /** API or relay origin and path prefix. Default `https://api.osmtalk.com`. */
  baseUrl?: string | undefined;
  /** Sent as `X-Organization-Id`. */
  organizationId?: string | undefined;
  /** Per try, in milliseconds. Default 30,000. */
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
   * When given, a streamed reply is asked for, and this is called with the whole text so far whenever a piece arrives.
   * After a broken stream the request is sent again, and the text starts anew. What was told before a failure is no reply.
   */
  onText?: (textSoFar: string) => void;
  /** For a message that may have arrived before: it is not sent to a server that its key does not reach. */
  onlyWithKey?: boolean | undefined;
}

export interface ConnectBody {
  dynamicVariables?: Record<string, unknown> | undefined;
  agentVersion?: number | undefined;
  userId?: string | undefined;
  metadata?: Record<string, unknown> | undefined;
}

export interface ChatBody extends ConnectBody {
  message: string;
  sessionId?: string | undefined;
}

export interface OutboundBody {
  agentId: string;
  /** The line it goes out on. osmTalk needs it; a relay says in its features when it does not. */
  phoneNumberId?: string | undefined;
  /** E.164, e.g. `+493012345`. */
  destination: string;
  dynamicVariables?: Record<string, unknown> | undefined;
  agentVersion?: number | undefined;
}

export interface CallFilter {
  status?: string;
  agentId?: string;
  channel?: string;
  from?: string;
  to?: string;
  search?: string;
  campaignId?: string;
  failureReason?: string;
  limit?: number;
  offset?: number;
}

export interface WaitOptions extends CallOptions {
  /** First pause between two looks; doubles up to `maxIntervalMs`. Default 500 ms. */
  intervalMs?: number;
  /** Default 5,000 ms. */
  maxIntervalMs?: number;
  /** Gives up with an `ApiError` of code `timeout`. Default: never. */
  timeoutMs?: number;
  /** Called with every record read. */
  onRecord?: (record: CallRecord) => void;
  /** Whether a 404 means "not written yet" instead of an error. Default false. */
  mayBeMissing?: boolean;
}

export const DEFAULT_BASE_URL = 'https://api.osmtalk.com';

/**
 * Typed client of osmTalk's widget API. No DOM: runs in browsers, Node, Deno, Bun and Workers.
 * Every method rejects with an `ApiError`, whose `code` says what to do.
 */
export class WidgetClient {
  readonly #sender: RequestSender;
  readonly #baseUrl: string;
  readonly #wait: NonNullable<RequestEnvironment['wait']>;
  readonly #now: () => number;

  constructor(options: WidgetClientOptions = {}) {
    this.#baseUrl = options.baseUrl || DEFAULT_BASE_URL;
    this.#sender = new RequestSender({ ...options, baseUrl: this.#baseUrl });
    this.#wait = options.wait ?? waitFor;
    this.#now = options.now ?? Date.now;
  }

  /**
   * False once it is known that no `Idempotency-Key` reaches the server, since its CORS list lacks it: a POST that may have
   * arrived must then not be sent again unasked.
   */
  get canRepeat(): boolean {
    return this.#sender.canRepeat;
  }

  /** Starts a voice call: `POST /api/widget/agents/:id/connect`. */
  connect(agentId: string, body: ConnectBody = {}, options: PostOptions = {}): Promise<CallOffer> {
    return this.#post(`/api/widget/agents/${encodeURIComponent(agentId)}/connect`, body, options, (json) =>
      readCallOffer(json, this.#baseUrl),
    );
  }

  /**
   * Sends one chat message: `POST /api/widget/agents/:id/chat`. Whole and streamed replies are both understood; the text is
   * empty where the server has nothing to say, as when a person answers later.
   */
  chat(agentId: string, body: ChatBody, options: ChatOptions = {}): Promise<ChatReply> {
    const { onText } = options;
    // Here before the answer is. A page that never chats does without it.
    importReader().catch(() => undefined);
    return this.#sender.send({
      method: 'POST',
      path: `/api/widget/agents/${encodeURIComponent(agentId)}/chat`,
      body,
      idempotencyKey: options.idempotencyKey ?? randomId(),
      signal: options.signal,
      onlyWithKey: options.onlyWithKey,
      ...(onText ? { accept: 'text/event-stream, application/json;q=0.9' } : {}),
      read: async (response, onPiece) => (await importReader()).readChatAnswer(response, { onPiece, onText }),
    });
  }

  /** Phones somebody: `POST /api/widget/calls/outbound`. Costs money: ask for it only when a person wants it. */
  startOutboundCall(body: OutboundBody, options: PostOptions = {}): Promise<{ callId: string }> {
    return this.#post('/api/widget/calls/outbound', body, options, readOutboundCall);
  }

  /** What a relay at `baseUrl` offers: `GET /api/widget/features`, one try. The platform itself has no such route. */
  getFeatures(options: CallOptions = {}): Promise<RelayFeatures> {
    return this.#get('/api/widget/features', { ...options, maxRetries: 0 }, readRelayFeatures);
  }

  /** `GET /api/widget/agents` */
  listAgents(options: CallOptions = {}): Promise<Record<string, unknown>[]> {
    return this.#get('/api/widget/agents', options, readList);
  }

  /** `GET /api/widget/phone-numbers` */
  listPhoneNumbers(options: CallOptions = {}): Promise<Record<string, unknown>[]> {
    return this.#get('/api/widget/phone-numbers', options, readList);
  }

  /** The history, newest first: `GET /api/widget/calls`. */
  listCalls(
    filter: CallFilter = {},
    options: CallOptions = {},
  ): Promise<{ data: CallRecord[]; total: number; limit: number; offset: number }> {
    return this.#get('/api/widget/calls', { ...options, query: { ...filter } }, readCallPage);
  }

  /** One call: `GET /api/widget/calls/:id`. */
  getCall(callId: string, options: CallOptions = {}): Promise<CallRecord> {
    return this.#get(`/api/widget/calls/${encodeURIComponent(callId)}`, options, readCallRecord);
  }

  /** Statistics: `GET /api/widget/dashboard`. */
  getDashboard(options: CallOptions = {}): Promise<Record<string, unknown>> {
    return this.#get('/api/widget/dashboard', options, readObject);
  }

  /** Polls the record until its status is terminal and resolves with it. */
  async waitUntilEnded(callId: string, options: WaitOptions = {}): Promise<CallRecord> {
    const {
      intervalMs = 500,
      maxIntervalMs = 5_000,
      timeoutMs = Infinity,
      onRecord,
      mayBeMissing = false,
      signal,
    } = options;
    const deadline = this.#now() + timeoutMs;
    for (let pause = intervalMs; ; pause = Math.min(pause * 2, maxIntervalMs)) {
      const record = await this.getCall(callId, { signal }).catch((error: unknown) => {
        if (mayBeMissing && error instanceof ApiError && error.code === 'not-found') return null;
        throw error;
      });
      if (record) onRecord?.(record);
      if (record && isTerminal(record)) return record;
      if (this.#now() + pause > deadline) throw new ApiError('timeout', 'The call did not end in time');
      await this.#wait(pause, signal).catch(() => {
        throw new ApiError('aborted', 'The request was cancelled');
      });
    }
  }

  #get<T>(
    path: string,
    options: CallOptions & Pick<ApiRequest<T>, 'query' | 'maxRetries'>,
    parse: (json: unknown) => T,
  ): Promise<T> {
    return this.#sender.send({
      method: 'GET',
      path,
      ...options,
      read: async (response) => parse(await readJson(response)),
    });
  }

  #post<T>(path: string, body: unknown, options: PostOptions, parse: (json: unknown) => T): Promise<T> {
    return this.#sender.send({
      method: 'POST',
      path,
      body,
      signal: options.signal,
      idempotencyKey: options.idempotencyKey ?? randomId(),
      read: async (response) => parse(await readJson(response)),
    });
  }
}

function importReader(): Promise<typeof import('./read-chat-answer.js')> {
  return import('./read-chat-answer.js');
}
