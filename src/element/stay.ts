import { mayHaveResumableCall } from '../visitor/stored-keys.js';
import { whenActivated } from './schedule.js';
import { loadInPage } from './load-panel.js';
import type { KeptHost } from '../panel/in-page/index.js';

/**
 * Looks after the element while it is in a document, from `begin()` to `end()`: finds a resumable call, and settles the widget
 * in the page.
 */
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

  /** Whether the focus is inside the panel. */
  get hasFocus(): boolean {
    return Boolean(this.#shadowRoot?.activeElement?.closest('.panel-place'));
  }

  begin(shadowRoot: ShadowRoot | null): void {
    this.#shadowRoot = shadowRoot;
    // The page may also come back as it was, from the browser's back/forward cache.
    addEventListener('pageshow', this.#look);
    // The page that leaves a call open may be unloaded, and store the call, only after this page is shown.
    addEventListener('storage', this.#look);
    void whenActivated().then(this.#look);
    // A settled element that was moved, or put back, is settled again.
    if (this.#wasSettled) void this.settle();
  }

  /**
   * Loads the code that makes the widget usable whatever the page does, and runs it. Does nothing when that code cannot be
   * loaded.
   */
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
