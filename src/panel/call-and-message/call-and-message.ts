import { html, render, svg } from 'lit/html.js';
import type { LauncherPart, LauncherPlace } from '../../contract/launcher-place.js';
import type { Messages } from '../../i18n/messages.en.js';
import { adoptStyles } from '../../ui/adopt-styles.js';
import { icon, icons } from '../../ui/icons.js';
import { callAndMessageStyles } from './call-and-message-styles.js';

const bubble = icon(
  svg`<path d="M5 5h14a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1-1.5 1.5H11l-4.5 3.5V16H5a1.5 1.5 0 0 1-1.5-1.5v-8A1.5 1.5 0 0 1 5 5Z"/>`,
);

/** Offers call and message as two presses, for `launcher="call-and-message"`. */
export const attach = (place: LauncherPlace): LauncherPart => new CallAndMessage(place);

class CallAndMessage implements LauncherPart {
  readonly #place: LauncherPlace;
  readonly #box = document.createElement('div');
  #words: Messages | null = null;

  constructor(place: LauncherPlace) {
    this.#place = place;
    const { host, shadowRoot, signal } = place;
    adoptStyles(shadowRoot, callAndMessageStyles);
    this.#box.className = 'two-buttons';
    for (const name of ['osmtalk-open', 'osmtalk-close'])
      host.addEventListener(name, () => this.#render(), { signal });
    signal.addEventListener('abort', () => this.#takeAway());
  }

  look(): void {
    const { host, launcher, words } = this.#place;
    // A site that puts its own launcher into the slot has the last word.
    const hasOwn = (launcher.querySelector('slot')?.assignedElements().length ?? 0) > 0;
    const isWanted = host.launcher === 'call-and-message' && !hasOwn;
    if (!isWanted) {
      this.#takeAway();
      return;
    }
    void words().then((strings) => {
      this.#words = strings;
      this.#render();
      if (this.#place.signal.aborted || host.launcher !== 'call-and-message') return;
      launcher.append(this.#box);
      launcher.classList.add('two');
    });
  }

  #takeAway(): void {
    if (this.#box.parentNode) this.#box.remove();
    this.#place.launcher.classList.remove('two');
  }

  #render(): void {
    if (!this.#words) return;
    const { host } = this.#place;
    const { startCall, messagePlaceholder } = this.#words;
    // The launcher's own listener opens and closes the panel; the first button does not let the press through to it.
    const call = (event: Event): void => {
      event.stopPropagation();
      void host.startCall();
    };
    render(
      html`<button
          type="button"
          part="launcher launcher-call"
          class="launch-call"
          aria-haspopup="dialog"
          ?hidden=${host.mode === 'chat'}
          @click=${call}
        >
          ${icons.phone}<span>${startCall}</span>
        </button>
        <button
          type="button"
          part="launcher launcher-message"
          class="launch-message"
          aria-haspopup="dialog"
          aria-expanded=${String(host.open)}
          ?hidden=${host.mode === 'voice'}
        >
          ${bubble}<span>${messagePlaceholder}</span>
        </button>`,
      this.#box,
    );
  }
}
