import { ChatClient, senderFor, type ConnectBody } from './chat-client.js';
import type { RequestSender } from './request.js';

/** The element's settings that requests are made from. */
export interface SessionSettings {
  agentId?: string | undefined;
  apiKey?: string | undefined;
  baseUrl: string;
  organizationId?: string | undefined;
  agentVersion?: number | undefined;
  dynamicVariables?: Record<string, unknown> | undefined;
  userId?: string | undefined;
  metadata?: Record<string, unknown> | undefined;
  fetch?: typeof fetch | undefined;
}

export interface SessionPlan {
  agentId: string;
  client: ChatClient;
  /** The sender of `client`. The client for calls, whose code is loaded later, uses it too. */
  sender: RequestSender;
  body: ConnectBody;
}

/** Turns the element's settings into what a call or a chat needs. */
export class SessionPlanner {
  readonly #mayAsk: () => boolean;
  #clients: Pick<SessionPlan, 'client' | 'sender'> | null = null;
  #madeFrom: unknown[] = [];

  /** `mayAsk`: false while the visitor has not agreed to what the site asks; every request then rejects without being sent. */
  constructor(mayAsk: () => boolean = () => true) {
    this.#mayAsk = mayAsk;
  }

  plan(config: SessionSettings): SessionPlan {
    const { agentId = '', dynamicVariables, agentVersion, userId, metadata } = config;
    return {
      agentId,
      ...this.#clientsFor(config),
      body: definedOnly({ dynamicVariables, agentVersion, userId, metadata }),
    };
  }

  /** The same client as long as the settings stay the same: it remembers what the API's CORS allows. */
  #clientsFor({
    apiKey,
    baseUrl,
    organizationId,
    fetch,
  }: SessionSettings): Pick<SessionPlan, 'client' | 'sender'> {
    const settings = [apiKey, baseUrl, organizationId, fetch];
    if (!this.#clients || settings.some((setting, index) => setting !== this.#madeFrom[index])) {
      this.#madeFrom = settings;
      const sender = senderFor({ apiKey, baseUrl, organizationId, fetch: this.#guarded(fetch) });
      this.#clients = { sender, client: new ChatClient(sender) };
    }
    return this.#clients;
  }

  #guarded(send: typeof fetch = (input, init) => globalThis.fetch(input, init)): typeof fetch {
    return (input, init) =>
      this.#mayAsk()
        ? send(input, init)
        : Promise.reject(new DOMException('The visitor has not agreed yet', 'NotAllowedError'));
  }
}

/** The fields without those that are undefined: only what the site has set is sent. */
export function definedOnly<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
