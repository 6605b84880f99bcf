import { html, nothing, type TemplateResult } from 'lit/html.js';
import { transcriptJson, transcriptText } from './transcript.js';
import type { ThreadMessage } from '../../chat/thread-message.js';
import { fill, type WithNumerals, type Messages } from '../../i18n/messages.en.js';
import { feedbackWordsEn, type FeedbackWords } from '../../i18n/en-later/feedback-words.js';
import { adoptStyles } from '../../ui/adopt-styles.js';
import type { PanelHost } from '../../contract/panel-host.js';
import { feedbackStyles } from './feedback-styles.js';
import { formatDuration } from '../../ui/duration.js';
import { noteText } from '../../ui/note-text.js';
import { writeClipboard } from '../../ui/write-clipboard.js';

const STARS = [1, 2, 3, 4, 5] as const;

export interface FeedbackOptions {
  host: PanelHost;
  words: () => Messages;
  messages: () => readonly ThreadMessage[];
  /** The last call; `null` when there was none. */
  call: () => { callId: string | null; durationSeconds: number } | null;
  onChange: () => void;
}

/** Shows what a visitor may do after a conversation: rate it, and copy or download it. */
export class FeedbackController {
  readonly #options: FeedbackOptions;
  #rating: number | null = null;
  #comment = '';
  #rated = false;
  #notice = '';

  constructor(options: FeedbackOptions) {
    this.#options = options;
    adoptStyles(options.host.shadowRoot, feedbackStyles);
  }

  view(onClose: () => void): TemplateResult {
    const words = this.#words;
    const call = this.#options.call();
    return html`<section class="wrap-up" aria-label=${words.wrapUpTitle}>
      <p>
        ${call && call.durationSeconds > 0 ? fill(words.wrapUpDuration, { duration: formatDuration(call.durationSeconds, words) }) : words.wrapUpTitle}
      </p>
      ${this.#rated ? html`<p role="status">${words.rateThanks}</p>` : this.#ratingForm(words)}
      <div class="wrap-up-links">
        <button type="button" class="link" @click=${() => void this.#copy()}>${words.copyTranscript}</button>
        <button type="button" class="link" @click=${() => this.#download('txt', 'text/plain', this.#text())}>
          ${words.downloadText}
        </button>
        <button
          type="button"
          class="link"
          @click=${() => this.#download('json', 'application/json', transcriptJson(this.#options.messages()))}
        >
          ${words.downloadJson}
        </button>
        <button type="button" class="link" @click=${onClose}>${words.wrapUpClose}</button>
      </div>
      <p role="status" class="hint">${this.#notice}</p>
    </section>`;
  }

  #ratingForm(words: FeedbackWords & WithNumerals): TemplateResult {
    return html`<form
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        this.#rate();
      }}
    >
      <fieldset>
        <legend>${words.rateQuestion}</legend>
        <div class="stars">
          ${STARS.map(
            (count) =>
              html`<label class="star" ?data-on=${count <= (this.#rating ?? 0)}>
                <input
                  type="radio"
                  name="rating"
                  aria-label=${fill(words.rateStars, { count }, words)}
                  .checked=${this.#rating === count}
                  @change=${() => this.#choose(count)}
                />
                <svg viewBox="0 0 24 24" aria-hidden="true">
                  <path d="m12 3 2.7 5.6 6.1.9-4.4 4.3 1 6.1L12 17l-5.4 2.9 1-6.1-4.4-4.3 6.1-.9Z" />
                </svg>
              </label>`,
          )}
        </div>
      </fieldset>
      ${
        this.#rating === null
          ? nothing
          : html`<label class="comment">
                <span>${words.rateComment}</span>
                <textarea
                  rows="2"
                  maxlength="1000"
                  dir="auto"
                  .value=${this.#comment}
                  @input=${(event: InputEvent) => (this.#comment = (event.target as HTMLTextAreaElement).value)}
                ></textarea>
              </label>
              <button type="submit" class="action primary">${words.rateSend}</button>`
      }
    </form>`;
  }

  #choose(count: number): void {
    this.#rating = count;
    this.#options.onChange();
  }

  #rate(): void {
    if (this.#rating === null || this.#rated) return;
    this.#rated = true;
    const { callId = null, durationSeconds = 0 } = this.#options.call() ?? {};
    const comment = this.#comment.trim();
    this.#options.host.dispatch('osmtalk-rating', { rating: this.#rating, comment, callId, durationSeconds });
    this.#options.onChange();
  }

  async #copy(): Promise<void> {
    const words = this.#words;
    const copied = await writeClipboard(this.#text());
    this.#notice = copied ? words.transcriptCopied : words.transcriptNotCopied;
    this.#options.onChange();
  }

  #text(): string {
    const words = this.#options.words();
    return transcriptText(this.#options.messages(), {
      you: words.you,
      agent: words.agent,
      numerals: words.numerals,
      note: (message) => noteText(message, words),
    });
  }

  #download(ending: string, type: string, content: string): void {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = `conversation-${new Date().toISOString().slice(0, 10)}.${ending}`;
    link.click();
    // The browser has read the file by then.
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  get #words(): FeedbackWords & WithNumerals {
    return { ...feedbackWordsEn, ...this.#options.words() };
  }
}
