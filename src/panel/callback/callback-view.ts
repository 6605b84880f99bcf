import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { CallbackState } from './callback-session.js';
import type { CallbackWords } from '../../i18n/en-later/callback-words.js';
import type { Messages } from '../../i18n/messages.en.js';
import { icons } from '../../ui/icons.js';

export interface CountryChoice {
  country: string;
  label: string;
}

export interface CallbackFormModel {
  words: CallbackWords & Pick<Messages, 'callMe'>;
  typed: string;
  country: string;
  /** All countries; only the current one until the code that knows them has loaded. */
  countries: readonly CountryChoice[];
  /** What is wrong with the number; `null` for nothing. */
  fault: string | null;
  /** Whether the number is being checked. */
  busy: boolean;
  /** Whether the form says that an AI calls. */
  byAi: boolean;
  onTyped: (text: string) => void;
  onCountry: (country: string) => void;
  /** Called when a field has the focus: the code that checks numbers may be loaded. */
  onReach: () => void;
  onSubmit: () => void;
  onCancel: () => void;
}

export interface CallbackProgressModel {
  words: CallbackWords;
  state: CallbackState;
  /** Hides the progress; the call goes on. */
  onHide: () => void;
}

/**
 * Renders the one box for everything about the callback. The box stays while its content changes, so that the focus and the
 * spoken status are kept.
 */
export function callbackView(
  words: CallbackWords,
  said: string,
  content: TemplateResult | typeof nothing,
): TemplateResult {
  return html`<section class="callback" tabindex="-1" aria-label=${words.callbackTitle}>
    <p role="status" class="callback-state">${said}</p>
    ${content}
  </section>`;
}

export function callbackFormView(model: CallbackFormModel): TemplateResult {
  const { words, fault } = model;
  const submit = (event: Event): void => {
    event.preventDefault();
    model.onSubmit();
  };
  return html`<form class="callback-form" novalidate @submit=${submit} @focusin=${model.onReach}>
    <h3>${icons.phone}<span>${words.callbackTitle}</span></h3>
    <label for="osmtalk-callback-country">${words.callbackCountry}</label>
    ${countryPicker(model)}
    <label for="osmtalk-callback-phone">${words.callbackPhone}</label>
    <input
      id="osmtalk-callback-phone"
      type="tel"
      autocomplete="tel"
      dir="ltr"
      required
      maxlength="40"
      aria-invalid=${fault === null ? nothing : 'true'}
      aria-describedby=${fault === null ? nothing : 'osmtalk-callback-fault'}
      .value=${live(model.typed)}
      @input=${(event: Event) => model.onTyped((event.target as HTMLInputElement).value)}
    />
    ${fault === null ? nothing : html`<p id="osmtalk-callback-fault" class="callback-fault">${fault}</p>`}
    <p id="osmtalk-callback-consent" class="hint">${words.callbackConsent}</p>
    ${model.byAi ? html`<p class="hint">${words.callbackByAi}</p>` : nothing}
    <div class="callback-buttons">
      <button
        type="submit"
        class="action primary"
        aria-describedby="osmtalk-callback-consent"
        aria-disabled=${model.busy ? 'true' : nothing}
      >
        ${icons.phone}<span>${words.callMe}</span>
      </button>
      <button type="button" class="action" @click=${model.onCancel}>
        <span>${words.callbackCancel}</span>
      </button>
    </div>
  </form>`;
}

export function callbackProgressView({ words, state, onHide }: CallbackProgressModel): TemplateResult {
  const isOver = state === 'ended' || state === 'unwatched';
  return html`${state === 'ended' ? nothing : html`<p class="hint">${words.callbackKeepPhone}</p>`}
    <div class="callback-buttons">
      <button type="button" class="action" @click=${onHide}>
        <span>${isOver ? words.callbackDone : words.callbackHide}</span>
      </button>
    </div>`;
}

function countryPicker({ countries, country, onCountry }: CallbackFormModel): TemplateResult {
  // Sets `selected` of the options: the `value` of a select has no effect before its options exist.
  return html`<select
    id="osmtalk-callback-country"
    @change=${(event: Event) => onCountry((event.target as HTMLSelectElement).value)}
  >
    ${countries.map(
      (each) =>
        html`<option value=${each.country} .selected=${live(each.country === country)}>
          ${each.label}
        </option>`,
    )}
  </select>`;
}
