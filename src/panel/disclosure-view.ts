import { html, nothing, type TemplateResult } from 'lit/html.js';
import { isActive, type CallStatus } from '../call/call-state.js';
import type { ThreadMessage } from '../chat/thread-message.js';
import type { WidgetConfig } from '../contract/widget-config.js';
import type { Messages } from '../i18n/messages.en.js';

/** How the panel says that an AI answers; `off`: it does not. */
export type Disclosure = WidgetConfig['disclosure'];

export interface DisclosureModel {
  disclosure: Disclosure;
  words: Messages;
}

/** The id of what says so, for `aria-describedby`. */
const ID = 'ai';

/** What a control is described by. */
export const disclosedBy = ({ disclosure }: DisclosureModel): string | typeof nothing =>
  disclosure === 'off' ? nothing : ID;

/** The settings that were warned about. */
const warned = new WeakSet<object>();

/** Returns how the panel says it now: `off` while a person answers. Warns a site that has switched it off, once. */
export function disclosureNow(
  config: Pick<WidgetConfig, 'disclosure'>,
  { callState, person }: CallStatus,
  messages: readonly ThreadMessage[],
): Disclosure {
  const wanted = config.disclosure;
  if (wanted === 'off' && !warned.has(config)) {
    warned.add(config);
    console.warn('<osmtalk-widget> disclosure="off": laws such as the EU AI Act ask that visitors are told.');
  }
  const isWithPerson = isActive(callState) ? person !== null : doesPersonWrite(messages);
  return isWithPerson ? 'off' : wanted;
}

/** Whether the last note about who answers in the chat names a person. */
function doesPersonWrite(messages: readonly ThreadMessage[]): boolean {
  const last = messages.findLast(({ note }) => note === 'person-answers' || note === 'agent-answers');
  return last?.note === 'person-answers';
}

export function disclosureLine({ disclosure, words }: DisclosureModel): TemplateResult | typeof nothing {
  return disclosure === 'line'
    ? html`<p part="disclosure" id=${ID} class="disclosure">${words.disclosure}</p>`
    : nothing;
}

/** Renders the mark in the header. It is read out only where there is no line. */
export function disclosureMark({ disclosure, words }: DisclosureModel): TemplateResult | typeof nothing {
  if (disclosure === 'off') return nothing;
  return html`<span class="mark" title=${words.disclosure}
    ><span aria-hidden="true">${words.disclosureMark}</span>${
      disclosure === 'badge'
        ? html`<span part="disclosure" id=${ID} class="hidden">${words.disclosure}</span>`
        : nothing
    }</span
  >`;
}
