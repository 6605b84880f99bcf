import type { ChatClient } from '../../api/chat-client.js';
import type { RelayFeatures } from '../../wire/relay-features.js';
import { withinMs } from '../../async/within-ms.js';
import type { WidgetConfig } from '../widget-config.js';
import type { Consent } from './consent.js';
import type { SessionPlanner } from './session-plan.js';

export interface OffersOptions {
  host: { readonly config: Readonly<WidgetConfig> };
  planner: Pick<SessionPlanner, 'plan'>;
  consent: Pick<Consent, 'needed'>;
  /** The panel is gone. */
  signal: AbortSignal;
}

/** One relay, and what it said. With other settings it is another one. */
interface Asked {
  client: ChatClient;
  waiting: Promise<void> | null;
  /** `null`: all is there. */
  features: RelayFeatures | null;
}

/** So long nothing is shown that could be pressed. A later answer would take it from under the visitor's finger. */
export const WAIT_MS = 3_000;

/**
 * What the visitor is offered: what the attributes ask for, less what the relay behind `base-url` does not have. A relay is asked
 * once, when the panel is first opened; where it does not say, all of it is offered. With a key in the page nobody is asked.
 */
export class Offers {
  readonly #options: OffersOptions;
  #asked: Asked | null = null;

  constructor(options: OffersOptions) {
    this.#options = options;
  }

  /** Until then nothing is shown that may vanish, or move, under the visitor's finger. */
  get isAwaited(): boolean {
    return Boolean(this.#asked?.waiting);
  }

  get voice(): boolean {
    return this.#config.mode !== 'chat' && this.#has('voice');
  }

  get chat(): boolean {
    return this.#config.mode !== 'voice' && this.#has('chat');
  }

  get callback(): boolean {
    return Boolean(this.#config.callback) && this.#has('callback') && !this.lacksLine;
  }

  /** There would be a callback if the site had named a line. */
  get lacksLine(): boolean {
    const { callback, phoneNumberId } = this.#config;
    if (!callback || phoneNumberId || this.#mayNotAsk || !this.#has('callback')) return false;
    return !this.#asked?.features?.phoneNumberIdOptional;
  }

  /** The panel is open. Once for the same settings, and not before the visitor has agreed. Resolves when it is known what to show, with whether that took time. */
  async ask(): Promise<boolean> {
    if (this.#mayNotAsk) return false;
    const { client } = this.#options.planner.plan(this.#config);
    if (client !== this.#asked?.client) {
      const asked: Asked = { client, waiting: null, features: null };
      this.#asked = asked;
      if (!this.#config.apiKey) asked.waiting = this.#wait(asked);
    }
    const { waiting } = this.#asked;
    await waiting;
    return waiting !== null;
  }

  get #config(): WidgetConfig {
    return this.#options.host.config;
  }

  get #mayNotAsk(): boolean {
    return !this.#config.apiKey && this.#options.consent.needed(this.#config);
  }

  #has(feature: 'voice' | 'chat' | 'callback'): boolean {
    return this.#asked?.features?.features.includes(feature) ?? true;
  }

  async #wait(asked: Asked): Promise<void> {
    const { signal } = this.#options;
    // Whatever is wrong: a use that fails will say so.
    const answer = asked.client.getFeatures({ signal }).catch(() => null);
    // Not by abort alone: a `fetch` of the site may not know it.
    asked.features = await withinMs(answer, WAIT_MS, signal);
    asked.waiting = null;
  }
}
