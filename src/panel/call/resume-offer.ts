import type { CallOffer } from '../../wire/call-offer.js';
import {
  RESUMABLE_FOR_MS,
  ResumableCallStorage,
  isAt,
  type CallPlace,
  type ResumableCall,
} from '../../call/resumable-call.js';
import { RESUMABLE_CALL_KEY, mayHaveResumableCall } from '../../visitor/stored-keys.js';
import type { WidgetConfig } from '../../contract/widget-config.js';
import { userDigest } from '../../visitor/conversation-key.js';

export interface ResumeOfferOptions {
  config: () => WidgetConfig;
  /** Whether no call runs that the offer would compete with. */
  isFree: () => boolean;
  /** Called when an offer begins or ends. */
  onChange: (isOffered: boolean) => void;
  signal: AbortSignal;
}

/** Offers to resume the call that the previous page left open: for half a minute, in the widget that the call belongs to. */
export class ResumeOffer {
  readonly #options: ResumeOfferOptions;
  readonly #calls = new ResumableCallStorage(
    RESUMABLE_CALL_KEY,
    () => sessionStorage,
    () => localStorage,
  );
  #held: ResumableCall | null = null;
  #isTold = false;
  /** The page goes away, or is in the back/forward cache: a stored call is for the next page. */
  #hasLeft = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ResumeOfferOptions) {
    this.#options = options;
    const comeBack = (): void => {
      this.#hasLeft = false;
      this.look();
    };
    addEventListener('pageshow', comeBack, { signal: options.signal });
  }

  get call(): CallOffer | null {
    return this.#held?.offer ?? null;
  }

  /** Looks for a resumable call: the page is new, or the widget's agent, API or user may have changed. */
  look(): void {
    const place = this.#place();
    if (this.#held && !isAt(this.#held, place)) {
      this.#calls.keep(this.#held);
      this.clear();
    }
    if (this.#hasLeft) return;
    if (place && !this.#held && this.#options.isFree()) this.#takeAt(place);
    this.#tell();
  }

  /** Remembers the server that connect has named for this call: only a call on such a server can be resumed. */
  allow(offer: CallOffer | null): void {
    const place = this.#place();
    if (place && offer) this.#calls.allow(place, offer);
  }

  /**
   * Called when the page goes away. Stores for the next page the call that `leaveOpen` leaves open, or else the call that was not
   * resumed yet. `leaveOpen` is called only where calls are stored at all.
   */
  leave(leaveOpen: () => CallOffer | null): void {
    const place = this.#place();
    const offer = place && leaveOpen();
    if (offer) this.#calls.keep({ ...place, offer, leftAt: Date.now() });
    else if (this.#held) this.#calls.keep(this.#held);
    this.#hasLeft = true;
    this.clear();
  }

  /** Ends the offer: the call can no longer be resumed. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#held = null;
    this.#tell();
  }

  #takeAt(place: CallPlace): void {
    clearTimeout(this.#timer);
    this.#held = this.#calls.take(place);
    if (this.#held) this.#timer = setTimeout(() => this.clear(), this.#calls.remainingMs(this.#held));
    // A call of another agent, API or user is removed when it can no longer be resumed.
    else if (mayHaveResumableCall()) this.#timer = setTimeout(() => this.look(), RESUMABLE_FOR_MS);
  }

  #tell(): void {
    const isOffered = this.#held !== null;
    if (isOffered === this.#isTold) return;
    this.#isTold = isOffered;
    this.#options.onChange(isOffered);
  }

  /** Returns whose calls are left open; `null` where nothing is stored. */
  #place(): CallPlace | null {
    const { agentId, baseUrl, persist, userId } = this.#options.config();
    return agentId && persist !== 'none' ? { agentId, baseUrl, user: userDigest(userId) } : null;
  }
}
