import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ThreadMessage } from '../../chat/thread-message.js';
import type { OsmtalkEventMap } from '../../contract/events.js';
import type { Messages } from '../../i18n/messages.en.js';
import { choiceView } from '../../ui/choice-view.js';
import { readChoices } from '../../wire/choices.js';

export interface ChoicesModel {
  messages: readonly ThreadMessage[];
  words: Pick<Messages, 'starters'>;
  onSend: (text: string) => void;
}

/** Renders the answers to tap below the last message of the conversation; below an earlier one they have served. */
export function choicesView(
  message: ThreadMessage,
  { messages, words, onSend }: ChoicesModel,
): TemplateResult | typeof nothing {
  const last = messages.findLast(({ role }) => role !== 'note');
  if (message !== last) return nothing;
  const choices = readChoices(message.choices);
  if (choices.length === 0) return nothing;
  return html`<div part="choices" class="choices" role="group" aria-label=${words.starters}>
    ${choices.map((choice) =>
      choiceView(choice, (event) => {
        tellPage(event.currentTarget as Element, choice.label);
        if (choice.href === null) onSend(choice.text);
      }),
    )}
  </div>`;
}

/** An event that is composed comes to the page as one of the widget itself. */
function tellPage(from: Element, label: string): void {
  const detail: OsmtalkEventMap['osmtalk-choice']['detail'] = { label };
  from.dispatchEvent(new CustomEvent('osmtalk-choice', { detail, bubbles: true, composed: true }));
}
