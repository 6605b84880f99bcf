import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import { fill } from '../../i18n/messages.en.js';
import { isComposing } from '../../ui/is-composing.js';
import { disclosedBy, type DisclosureModel } from '../disclosure-view.js';
import { icons } from '../../ui/icons.js';

export interface ComposerModel extends DisclosureModel {
  draft: string;
  /** Whether a reply is awaited or arriving. */
  busy: boolean;
  onDraft: (text: string) => void;
  onSend: (text: string) => void;
  onStopReply: () => void;
}

/** The longest message that can be sent, in characters. Longer text that was pasted stays in the box. */
const MOST_CHARACTERS = 4_000;
/** The count appears when this many characters are left. */
const COUNT_FROM = 400;

export function composerView(model: ComposerModel): TemplateResult {
  const { words, draft } = model;
  const left = MOST_CHARACTERS - draft.trim().length;
  return html`<form
      part="composer"
      class="composer"
      ?data-busy=${model.busy}
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        send(event, model);
      }}
    >
      <textarea
        rows="1"
        dir="auto"
        aria-label=${words.message}
        aria-describedby=${left <= COUNT_FROM ? 'count' : disclosedBy(model)}
        aria-invalid=${left < 0 ? 'true' : nothing}
        placeholder=${words.messagePlaceholder}
        enterkeyhint="send"
        .value=${live(draft)}
        @input=${(event: InputEvent) => model.onDraft((event.target as HTMLTextAreaElement).value)}
        @keydown=${(event: KeyboardEvent) => onKey(event, model)}
      ></textarea>
      ${
        model.busy
          ? html`<button
              type="button"
              class="round"
              aria-label=${words.stopReply}
              title=${words.stopReply}
              @click=${model.onStopReply}
            >
              ${icons.stop}
            </button>`
          : nothing
      }
      <button
        type="submit"
        class="round accent"
        aria-label=${words.send}
        title=${words.send}
        ?disabled=${!canSend(draft)}
      >
        ${icons.send}
      </button>
    </form>
    ${
      left <= COUNT_FROM
        ? html`<p id="count" class="count" ?data-over=${left < 0}>
            ${left < 0 ? fill(words.tooLong, { count: -left }, words) : fill(words.charactersLeft, { count: left }, words)}
          </p>`
        : nothing
    }`;
}

function onKey(event: KeyboardEvent, model: ComposerModel): void {
  if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
  event.preventDefault();
  send(event, model);
}

function canSend(draft: string): boolean {
  const { length } = draft.trim();
  return length > 0 && length <= MOST_CHARACTERS;
}

/** Sends the text of the box itself: the model may not have its last letters yet, nor know that it has just been sent. */
function send(event: Event, model: ComposerModel): void {
  const box = (event.currentTarget as Element).closest('form')?.querySelector('textarea');
  const text = box?.value ?? '';
  if (!box || !canSend(text)) return;
  box.value = '';
  model.onDraft('');
  model.onSend(text);
}
