import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { ThreadMessage } from '../../chat/thread-message.js';
import type { FeedbackDetail } from '../../contract/events.js';
import { ratingWordsEn } from '../../i18n/en-later/rating-words.js';
import { icon } from '../../ui/icons.js';
import type { ChoicesModel } from './choices-view.js';

type Value = NonNullable<FeedbackDetail['value']>;

const thumb = svg`<path d="M7 11v9H4v-9ZM7 11l4-7.5c1.5 0 2.5 1 2.3 2.6L12.8 9.500h5.400c1.300 0 2.200 1.200 1.900 2.400l-1.500 6.300c-.2 1-1.100 1.800-2.200 1.800H7"/>`;

const ICONS: Record<Value, TemplateResult> = {
  up: icon(thumb),
  down: icon(svg`<g transform="rotate(180 12 12)">${thumb}</g>`),
};

/** Shows two buttons to rate the last reply, and those of an earlier one that was rated. A second press takes the rating back. */
export class RatingView {
  readonly #values = new Map<string, Value>();

  view(message: ThreadMessage, { messages, words }: ChoicesModel): TemplateResult | typeof nothing {
    const { id, role, channel, status } = message;
    if (role !== 'agent' || channel === 'voice' || status !== 'sent') return nothing;
    const value = this.#values.get(id) ?? null;
    const last = messages.findLast((each) => each.role !== 'note');
    if (value === null && last !== message) return nothing;
    const names = { ...ratingWordsEn, ...words };
    // Said with no reply: the log tells what the agent writes, and the buttons are found below it.
    return html`<div class="rate" aria-live="off">
      ${this.#button(id, 'up', names.goodAnswer)} ${this.#button(id, 'down', names.badAnswer)}
    </div>`;
  }

  #button(id: string, value: Value, name: string): TemplateResult {
    const press = (event: Event): void => {
      const { currentTarget: button } = event as Event & { currentTarget: Element };
      const next = this.#values.get(id) === value ? null : value;
      if (next) this.#values.set(id, next);
      else this.#values.delete(id);
      // At once: nothing else of the panel changes with it.
      for (const each of button.parentElement?.children ?? [])
        each.setAttribute('aria-pressed', String(each === button && next !== null));
      const detail: FeedbackDetail = { id, value: next };
      button.dispatchEvent(new CustomEvent('osmtalk-feedback', { detail, bubbles: true, composed: true }));
    };
    return html`<button
      type="button"
      class="quiet"
      aria-label=${name}
      title=${name}
      aria-pressed=${String(this.#values.get(id) === value)}
      @click=${press}
    >
      ${ICONS[value]}
    </button>`;
  }
}
