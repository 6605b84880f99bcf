import type { ChatClient } from './chat-client.js';
import type { RelayFeatures } from '../wire/relay-features.js';
import type { Consent, ConsentSettings } from '../visitor/consent.js';
import { withinMs } from '../async/within-ms.js';
import type { SessionPlanner, SessionSettings } from './session-plan.js';

/** The element's settings that decide what the site offers. */
export interface FeatureSettings extends SessionSettings, ConsentSettings {
  mode: 'both' | 'voice' | 'chat';
  callback?: boolean | undefined;
  phoneNumberId?: string | undefined;
}

export interface FeaturesOptions {
  host: { readonly config: Readonly<FeatureSettings> };
  planner: Pick<SessionPlanner, 'plan'>;
  consent: Pick<Consent, 'needed'>;
  /** Aborts when the panel is gone. */
  signal: AbortSignal;
}

/** Which ways to reach the agent the site offers. */
export interface OfferedFeatures {
  readonly voice: boolean;
  readonly chat: boolean;
  /** The relay has not answered yet. */
  readonly isAwaited: boolean;
}

/** One relay, and its answer. Other settings make another client, and so another relay. */
interface Asked {
  client: ChatClient;
  waiting: Promise<void> | null;
  /** The relay's answer; `null` before it, and where there is none: everything is then offered. */
  features: RelayFeatures | null;
}

/**
 * How long the panel waits for the relay's answer without showing its controls. A later answer would remove a control while the
 * visitor is about to press it.
 */
export const WAIT_MS = 3_000;

/**
 * What the visitor is offered: what the attributes ask for, without what the relay behind `base-url` does not have. A relay is
 * asked once, when the panel is first opened; where it does not answer, everything is offered. With an API key in the page, no
 * request is made.
 */
export class Features implements OfferedFeatures {
  readonly #options: FeaturesOptions;
  #asked: Asked | null = null;

  constructor(options: FeaturesOptions) {
    this.#options = options;
  }

  /** The relay has not answered yet. Controls are not shown meanwhile, since the answer may remove or move them. */
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

  /**
   * Whether a callback is not offered only because the site has set no `phoneNumberId`, which neither osmTalk nor this relay can
   * do without.
   */
  get lacksLine(): boolean {
    const { callback, phoneNumberId } = this.#config;
    if (!callback || phoneNumberId || this.#mayNotAsk || !this.#has('callback')) return false;
    return !this.#asked?.features?.phoneNumberIdOptional;
  }

  /**
   * Asks the relay when the panel opens: once for the same settings, and not before the visitor has agreed. Resolves when it is
   * known what to offer, with whether that took time. Never rejects.
   */
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
    // The error is ignored: a call or a message that fails will report it.
    const answer = asked.client.getFeatures({ signal }).catch(() => null);
    // `withinMs` ends the wait, too, since a `fetch` of the site may ignore the signal.
    asked.features = await withinMs(answer, WAIT_MS, signal);
    asked.waiting = null;
  }
}
