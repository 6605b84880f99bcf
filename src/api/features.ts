import type { ChatClient } from './chat-client.js';
import type { RelayFeatures } from '../wire/relay-features.js';
import type { Consent, ConsentSettings } from '../visitor/consent.js';
import { withinMs } from '../async/within-ms.js';
import type { SessionPlanner, SessionSettings } from './session-plan.js';

/** The element's settings that say what the site offers. */
export interface FeatureSettings extends SessionSettings, ConsentSettings {
  mode: 'both' | 'voice' | 'chat';
  callback?: boolean | undefined;
  phoneNumberId?: string | undefined;
}

export interface FeaturesOptions {
  host: { readonly config: Readonly<FeatureSettings> };
  planner: Pick<SessionPlanner, 'plan'>;
  consent: Pick<Consent, 'needed'>;
  /** The panel is gone. */
  signal: AbortSignal;
}

/** Which ways to the agent the site offers. */
export interface OfferedFeatures {
  readonly voice: boolean;
  readonly chat: boolean;
  /** It is not known yet. */
  readonly isAwaited: boolean;
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
export class Features implements OfferedFeatures {
  readonly #options: FeaturesOptions;
  #asked: Asked | null = null;

  constructor(options: FeaturesOptions) {
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

  get #config(): FeatureSettings {
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
