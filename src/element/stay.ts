import { mayHaveResumableCall } from '../visitor/stored-keys.js';
import { whenActivated } from './schedule.js';
import { loadInPage } from './load-panel.js';
import type { KeptHost } from '../panel/in-page/index.js';

/** The time that the element spends in its page, from one connection to the next. */
export class Stay {
  readonly #host: KeptHost;
  readonly #onHeldCall: () => void;
  #shadowRoot: ShadowRoot | null = null;
  #leave: (() => void) | null = null;
  #wasSettled = false;

  constructor(host: KeptHost, onHeldCall: () => void) {
    this.#host = host;
    this.#onHeldCall = onHeldCall;
  }

  /** The visitor is in the panel. */
  get hasFocus(): boolean {
    return Boolean(this.#shadowRoot?.activeElement?.closest('.panel-place'));
  }

  begin(shadowRoot: ShadowRoot | null): void {
    this.#shadowRoot = shadowRoot;
    // The page may also come back as it was, from the browser's back/forward cache.
    addEventListener('pageshow', this.#look);
    // The page that holds the call may be left only after this one is shown.
    addEventListener('storage', this.#look);
    void whenActivated().then(this.#look);
    // It was only moved, or is back.
    if (this.#wasSettled) void this.settle();
  }

  /** Makes the widget usable whatever the page does, once the code for that is here. */
  async settle(): Promise<void> {
    const inPage = await loadInPage().catch(() => null);
    if (!inPage || !this.#host.isConnected || !this.#shadowRoot) return;
    this.#wasSettled = true;
    this.#leave ??= inPage.settleIn(this.#host, this.#shadowRoot);
  }

  end(): void {
    removeEventListener('pageshow', this.#look);
    removeEventListener('storage', this.#look);
    this.#leave?.();
    this.#leave = null;
  }

  readonly #look = (): void => {
    if (mayHaveResumableCall()) this.#onHeldCall();
  };
}
