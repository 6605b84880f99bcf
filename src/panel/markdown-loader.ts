import { lazy } from '../async/lazy.js';
import type { ThreadMessage } from '../chat/thread-message.js';
import type { MarkdownView } from './markdown/index.js';

const loadMarkdownView = lazy(() => import('./markdown/index.js'));

/** Brings the view of agents' Markdown, with its styles, when there is a message: it is then here before the reply is. */
export class MarkdownLoader {
  readonly #shadowRoot: ShadowRoot;
  readonly #onLoaded: () => void;
  #view: MarkdownView | null = null;
  #triedWith = 0;

  constructor(shadowRoot: ShadowRoot, onLoaded: () => void) {
    this.#shadowRoot = shadowRoot;
    this.#onLoaded = onLoaded;
  }

  /** `null` until it is here: text is then shown as it was written. A load that failed is tried again with the next message. */
  viewFor(messages: readonly ThreadMessage[]): MarkdownView | null {
    if (!this.#view && messages.length > 0 && messages.length !== this.#triedWith) {
      this.#triedWith = messages.length;
      void this.#load();
    }
    return this.#view;
  }

  async #load(): Promise<void> {
    const loaded = await loadMarkdownView().catch(() => null);
    if (!loaded || this.#view) return;
    this.#view = loaded.createMarkdownView(this.#shadowRoot);
    this.#onLoaded();
  }
}
