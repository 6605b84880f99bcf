import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icons } from './icons.js';
import type { PanelModel } from './panel-view.js';

export function composerView(model: PanelModel): TemplateResult {
  const { words, draft } = model;
  return html`<form
    part="composer"
    class="composer"
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      send(model);
    }}
  >
    <textarea
      rows="1"
      dir="auto"
      aria-label=${words.message}
      placeholder=${words.messagePlaceholder}
      enterkeyhint="send"
      .value=${live(draft)}
      @input=${(event: InputEvent) => model.onDraft((event.target as HTMLTextAreaElement).value)}
      @keydown=${(event: KeyboardEvent) => onKey(event, model)}
    ></textarea>
    <button
      type="submit"
      class="round accent"
      aria-label=${words.send}
      title=${words.send}
      ?disabled=${draft.trim() === ''}
    >
      ${icons.send}
    </button>
  </form>`;
}

function onKey(event: KeyboardEvent, model: PanelModel): void {
  // Enter also ends the composition of a Japanese or Chinese word. Safari says so in the deprecated keyCode alone
  // (229, https://bugs.webkit.org/show_bug.cgi?id=165004).
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || Reflect.get(event, 'keyCode') === 229)
    return;
  event.preventDefault();
  send(model);
}

function send(model: PanelModel): void {
  const text = model.draft;
  if (text.trim() === '') return;
  model.onDraft('');
  model.onSend(text);
}
