import { nothing } from 'lit/html.js';
import { lazy } from '../async/lazy.js';
import { adoptStyles } from '../ui/adopt-styles.js';
import type { CallFeature } from './call-feature.js';
import type { CallbackController, CallbackControllerOptions } from './callback/index.js';
import type { Consent } from '../visitor/consent.js';
import type { Features } from '../api/features.js';
import { LateFeature } from './late-feature.js';
import type { CallbackModel } from './call-view.js';
import { callbackButtonStyles } from './callback-button-styles.js';

const loadCallback = lazy(() => import('./callback/index.js'));

export interface CallbackFeatureOptions extends CallbackControllerOptions {
  consent: Pick<Consent, 'needed'>;
  features: Pick<Features, 'ask' | 'callback' | 'chat' | 'lacksLine'>;
  calls: Pick<CallFeature, 'forgetCall'>;
}

/** Loads the code of calls to the visitor's own phone. Where the site does not offer them, none of that code is loaded. */
export class CallbackFeature {
  readonly #options: CallbackFeatureOptions;
  readonly #late: LateFeature<typeof import('./callback/index.js'), CallbackController>;
  #hasWarned = false;

  constructor(options: CallbackFeatureOptions) {
    this.#options = options;
    this.#late = new LateFeature(
      options,
      loadCallback,
      ({ CallbackController }) => new CallbackController(options),
      'callsNotLoaded',
    );
    adoptStyles(options.host.shadowRoot, callbackButtonStyles);
  }

  get notice(): string | null {
    return this.#late.notice;
  }

  /** What the panel shows of such calls; `null` where the site does not offer them. */
  get offer(): CallbackModel | null {
    if (!this.#options.features.callback) return null;
    return {
      content: this.#late.control?.view() ?? nothing,
      hasForm: this.#late.control?.hasForm ?? false,
      onOpen: () => void this.#open(),
      onReach: () => void this.#late.load(),
    };
  }

  /** Called when the panel is opened or closed: while it is closed, nothing is asked of the API. */
  look(): void {
    this.#late.control?.look();
  }

  /** Reports to the site owner, once, that there is no phone line to call from. */
  checkSetUp(): void {
    if (this.#options.features.lacksLine && !this.#hasWarned) this.#warnOwner();
  }

  /** Calls this number if it is a valid one, as if the visitor had typed it. */
  async request(phone: string): Promise<void> {
    const { host, consent, features } = this.#options;
    const { config } = host;
    if (!config.callback) return;
    if (!config.phoneNumberId) await features.ask();
    if (features.lacksLine) return this.#warnOwner();
    host.show();
    if (consent.needed(config)) return;
    await features.ask();
    if (features.callback) await (await this.#late.load())?.request(phone);
  }

  /** Forgets the number and what is shown. */
  reset(): void {
    this.#late.control?.reset();
  }

  async #open(): Promise<void> {
    const control = await this.#late.load();
    // The failure of an earlier call no longer matters.
    if (control) this.#options.calls.forgetCall();
    control?.open();
  }

  #warnOwner(): void {
    this.#hasWarned = true;
    const message = '<osmtalk-widget> callback needs a phone-number-id attribute.';
    console.error(message);
    this.#options.host.dispatch('osmtalk-error', { code: 'callback-not-set-up', message, retryable: false });
  }
}
