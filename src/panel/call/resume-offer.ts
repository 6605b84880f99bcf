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
  /** No call runs that the offer would compete with. */
  isFree: () => boolean;
  /** There is one, or none any more. */
  onChange: (isOffered: boolean) => void;
  signal: AbortSignal;
}

/** The way back into the call that the page before this one was in: offered for half a minute, by the widget that it belongs to. */
export class ResumeOffer {
  readonly #options: ResumeOfferOptions;
  readonly #calls = new ResumableCallStorage(
    RESUMABLE_CALL_KEY,
    () => sessionStorage,
    () => localStorage,
  );
  #held: ResumableCall | null = null;
  #isTold = false;
  /** The page goes away, or is kept by the browser: what is stored is the next one's. */
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

  /** Looks for one: the page is new, or the widget may have become another one. */
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

  /** Connect has named the server of this call. */
  allow(offer: CallOffer | null): void {
    const place = this.#place();
    if (place && offer) this.#calls.allow(place, offer);
  }

  /**
   * The page goes away. For the next one: the call that `leaveOpen` leaves open, which is asked for where calls are kept at all, or the one
   * that nobody has returned to yet.
   */
  leave(leaveOpen: () => CallOffer | null): void {
    const place = this.#place();
    const offer = place && leaveOpen();
    if (offer) this.#calls.keep({ ...place, offer, leftAt: Date.now() });
    else if (this.#held) this.#calls.keep(this.#held);
    this.#hasLeft = true;
    this.clear();
  }

  /** Nobody can return any more. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#held = null;
    this.#tell();
  }

  #takeAt(place: CallPlace): void {
    clearTimeout(this.#timer);
    this.#held = this.#calls.take(place);
    if (this.#held) this.#timer = setTimeout(() => this.clear(), this.#calls.remainingMs(this.#held));
    // One of another place is taken away when nobody can return to it any more.
    else if (mayHaveResumableCall()) this.#timer = setTimeout(() => this.look(), RESUMABLE_FOR_MS);
  }

  #tell(): void {
    const isOffered = this.#held !== null;
    if (isOffered === this.#isTold) return;
    this.#isTold = isOffered;
    this.#options.onChange(isOffered);
  }

  /** Whose calls are held; `null` where nothing is kept. */
  #place(): CallPlace | null {
    const { agentId, baseUrl, persist, userId } = this.#options.config();
    return agentId && persist !== 'none' ? { agentId, baseUrl, user: userDigest(userId) } : null;
  }
}
