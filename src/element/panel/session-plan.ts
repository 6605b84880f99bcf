import { WidgetClient, type ConnectBody } from '../../api/widget-client.js';
import type { WidgetConfig } from '../widget-panel.js';

export interface SessionPlan {
  agentId: string;
  client: WidgetClient;
  body: ConnectBody;
}

/** Turns the element's settings into what a call or a chat needs. */
export class SessionPlanner {
  readonly #mayAsk: () => boolean;
  #client: WidgetClient | null = null;
  #madeFrom: unknown[] = [];

  /** `mayAsk`: false while the visitor has not agreed to what the site asks; no request then leaves, whoever wants it. */
  constructor(mayAsk: () => boolean = () => true) {
    this.#mayAsk = mayAsk;
  }

  plan(config: WidgetConfig): SessionPlan {
    const { agentId = '', dynamicVariables, agentVersion, userId, metadata } = config;
    return {
      agentId,
      client: this.#clientFor(config),
      body: definedOnly({ dynamicVariables, agentVersion, userId, metadata }),
    };
  }

  /** Kept while nothing changes: a client remembers what the API's CORS allows. */
  #clientFor({ apiKey, baseUrl, organizationId, fetch }: WidgetConfig): WidgetClient {
    const settings = [apiKey, baseUrl, organizationId, fetch];
    if (!this.#client || settings.some((setting, index) => setting !== this.#madeFrom[index])) {
      this.#madeFrom = settings;
      this.#client = new WidgetClient({ apiKey, baseUrl, organizationId, fetch: this.#guarded(fetch) });
    }
    return this.#client;
  }

  #guarded(send: typeof fetch = (input, init) => globalThis.fetch(input, init)): typeof fetch {
    return (input, init) =>
      this.#mayAsk()
        ? send(input, init)
        : Promise.reject(new DOMException('The visitor has not agreed yet', 'NotAllowedError'));
  }
}

/** Only what the site has set is sent. */
export function definedOnly<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
