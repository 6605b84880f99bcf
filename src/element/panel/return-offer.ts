import type { CallOffer } from '../../api/responses.js';
import { HELD_FOR_MS, HeldCallStorage, isAt, type CallPlace, type HeldCall } from '../../call/held-call.js';
import { HELD_CALL_KEY, mayHoldCall } from '../stored-keys.js';
import type { WidgetConfig } from '../widget-panel.js';
import { userDigest } from './conversation-key.js';

export interface ReturnOfferOptions {
  config: () => WidgetConfig;
  /** No call runs that the offer would compete with. */
  isFree: () => boolean;
  /** There is one, or none any more. */
  onChange: (isOffered: boolean) => void;
}

/** The way back into the call that the page before this one was in: offered for half a minute, by the widget that it belongs to. */
export class ReturnOffer {
  readonly #options: ReturnOfferOptions;
  readonly #calls = new HeldCallStorage(
    HELD_CALL_KEY,
    () => sessionStorage,
    () => localStorage,
  );
  #held: HeldCall | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ReturnOfferOptions) {
    this.#options = options;
  }

  get call(): CallOffer | null {
    return this.#held?.offer ?? null;
  }

  /** Whether a call may be left open for a next page at all. */
  get mayKeep(): boolean {
    return this.#place() !== null;
  }

  /** Looks for one: the page is new, or the widget may have become another one. */
  look(): void {
    const place = this.#place();
    if (this.#held && !isAt(this.#held, place)) {
      this.#calls.keep(this.#held);
      this.clear();
    }
    if (!place || this.#held || !this.#options.isFree()) return;
    const held = this.#calls.take(place);
    if (held) {
      this.#set(held);
      this.#timer = setTimeout(() => this.clear(), this.#calls.remainingMs(held));
    } else if (mayHoldCall()) {
      // One of another place is taken away when nobody can return to it any more.
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.look(), HELD_FOR_MS);
    }
  }

  /** Connect has named the server of this call. */
  allow(offer: CallOffer | null): void {
    const place = this.#place();
    if (place && offer) this.#calls.allow(place, offer);
  }

  /** For the next page: the call that is left now, or the one that nobody has returned to yet. */
  keep(offer: CallOffer | null): void {
    const place = this.#place();
    if (place && offer) this.#calls.keep({ ...place, offer, leftAt: Date.now() });
    else if (this.#held) this.#calls.keep(this.#held);
  }

  /** Nobody can return any more. */
  clear(): void {
    this.#set(null);
  }

  #set(held: HeldCall | null): void {
    clearTimeout(this.#timer);
    if (held === this.#held) return;
    this.#held = held;
    this.#options.onChange(held !== null);
  }

  /** Whose calls are held; `null` where nothing is kept. */
  #place(): CallPlace | null {
    const { agentId, baseUrl, persist, userId } = this.#options.config();
    return agentId && persist !== 'none' ? { agentId, baseUrl, user: userDigest(userId) } : null;
  }
}
