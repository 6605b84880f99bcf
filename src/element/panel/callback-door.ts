import { nothing } from 'lit/html.js';
import { lazy } from '../../async/lazy.js';
import { adoptStyles } from '../styles/adopt-styles.js';
import type { CallDoor } from './call-door.js';
import type { CallbackControl, CallbackControlOptions } from './callback-control.js';
import type { Consent } from './consent.js';
import type { Offers } from './offers.js';
import { LateControl } from './late-control.js';
import type { CallbackOffer } from './views/call-view.js';
import { callbackOfferStyles } from './styles/callback-offer-styles.js';

const loadCallbackControl = lazy(() => import('./callback-control.js'));

export interface CallbackDoorOptions extends CallbackControlOptions {
  consent: Pick<Consent, 'needed'>;
  offers: Pick<Offers, 'ask' | 'callback' | 'chat' | 'lacksLine'>;
  calls: Pick<CallDoor, 'forgetCall'>;
}

/** The way to a call on the visitor's own phone. Where the site does not offer it, none of its code is loaded. */
export class CallbackDoor {
  readonly #options: CallbackDoorOptions;
  readonly #late: LateControl<typeof import('./callback-control.js'), CallbackControl>;
  #hasWarned = false;

  constructor(options: CallbackDoorOptions) {
    this.#options = options;
    this.#late = new LateControl(
      options,
      loadCallbackControl,
      ({ CallbackControl }) => new CallbackControl(options),
      'callsNotLoaded',
    );
    adoptStyles(options.host.shadowRoot, callbackOfferStyles);
  }

  get notice(): string | null {
    return this.#late.notice;
  }

  /** `null` where the site does not offer it. */
  get offer(): CallbackOffer | null {
    if (!this.#options.offers.callback) return null;
    return {
      content: this.#late.control?.view() ?? nothing,
      hasForm: this.#late.control?.hasForm ?? false,
      onOpen: () => void this.#open(),
      onReach: () => void this.#late.load(),
    };
  }

  /** While the panel is closed nobody looks, and nothing is asked of the API. */
  look(): void {
    this.#late.control?.look();
  }

  /** Tells the owner, once, when there is no line to call from. */
  checkSetUp(): void {
    if (this.#options.offers.lacksLine && !this.#hasWarned) this.#warnOwner();
  }

  /** Calls this number once it is found to be one, as if the visitor had typed it. */
  async request(phone: string): Promise<void> {
    const { host, consent, offers } = this.#options;
    const { config } = host;
    if (!config.callback) return;
    if (!config.phoneNumberId) await offers.ask();
    if (offers.lacksLine) return this.#warnOwner();
    host.show();
    if (consent.needed(config)) return;
    await offers.ask();
    if (offers.callback) await (await this.#late.load())?.request(phone);
  }

  /** Forgets the number and what is shown. */
  reset(): void {
    this.#late.control?.reset();
  }

  async #open(): Promise<void> {
    const control = await this.#late.load();
    // What went wrong before is past.
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
