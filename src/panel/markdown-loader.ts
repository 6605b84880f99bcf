import { lazy } from '../async/lazy.js';
import type { ThreadMessage } from '../chat/thread-message.js';
import type { MarkdownView } from './markdown/index.js';

const loadMarkdownView = lazy(() => import('./markdown/index.js'));

/** Loads the view of agents' Markdown, with its styles, at the first message, so that it is ready before the reply. */
export class MarkdownLoader {
  readonly #shadowRoot: ShadowRoot;
  readonly #onLoaded: () => void;
  #view: MarkdownView | null | undefined = null;
  #triedWith = 0;

  constructor(shadowRoot: ShadowRoot, onLoaded: () => void) {
    this.#shadowRoot = shadowRoot;
    this.#onLoaded = onLoaded;
  }

  /**
   * Returns the view; `undefined` while it loads and `null` when it could not be loaded: text is then shown as it was written.
   * After a failed load, the next message tries again.
   */
  viewFor(messages: readonly ThreadMessage[]): MarkdownView | null | undefined {
    if (!this.#view && messages.length > 0 && messages.length !== this.#triedWith) {
      this.#triedWith = messages.length;
      void this.#load();
    }
    return this.#view;
  }

  async #load(): Promise<void> {
    this.#view = undefined;
    const loaded = await loadMarkdownView().catch(() => null);
    this.#view ||= loaded && loaded.createMarkdownView(this.#shadowRoot);
    this.#onLoaded();
  }
}
