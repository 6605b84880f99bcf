import { mayHaveResumableCall } from '../visitor/stored-keys.js';
import { whenActivated } from './schedule.js';
import { loadInPage } from './load-panel.js';
import type { KeptHost, Settled } from '../panel/in-page/index.js';

/**
 * Looks after the element while it is in a document, from `begin()` to `end()`: finds a resumable call, and settles the widget
 * in the page.
 */
export class Stay {
  readonly #host: KeptHost;
  readonly #onHeldCall: () => void;
  #shadowRoot: ShadowRoot | undefined;
  #settled: Settled | undefined;

  constructor(host: KeptHost, onHeldCall: () => void) {
    this.#host = host;
    this.#onHeldCall = onHeldCall;
  }

  /** Whether the focus is inside the panel. */
  get hasFocus(): boolean {
    return Boolean(this.#shadowRoot?.activeElement?.closest('.panel-place'));
  }

  begin(shadowRoot: ShadowRoot | undefined): void {
    this.#shadowRoot = shadowRoot;
    // The page may also come back as it was, from the browser's back/forward cache.
    addEventListener('pageshow', this.#look);
    // The page that leaves a call open may be unloaded, and store the call, only after this page is shown.
    addEventListener('storage', this.#look);
    void whenActivated().then(this.#look);
  }

  /**
   * Loads the code that makes the widget usable whatever the page does, and runs it. Resolves with `undefined` when that code
   * cannot be loaded.
   */
  async settle(): Promise<Settled | undefined> {
    const inPage = this.#host.isConnected && (await loadInPage().catch(() => null));
    if (inPage && this.#host.isConnected && this.#shadowRoot)
      this.#settled ??= inPage.settleIn(this.#host, this.#shadowRoot);
    return this.#settled;
  }

  /** Called when the element is in a document, again where it was moved or put back, and when its settings have changed. */
  refresh(): void {
    this.#settled?.look();
  }

  end(): void {
    removeEventListener('pageshow', this.#look);
    removeEventListener('storage', this.#look);
    this.#settled?.leave();
  }

  readonly #look = (): void => {
    if (mayHaveResumableCall()) this.#onHeldCall();
  };
}
