import { html, nothing, type TemplateResult } from 'lit/html.js';
import { isActive } from '../../../call/call-state.js';
import type { CallbackOffer } from '../callback-door.js';
import { icons } from './icons.js';
import { offersRetry } from './offers-retry.js';
import type { PanelModel } from './panel-view.js';

/** The buttons that start a call, or the controls of the running one. */
export function callView(model: PanelModel): TemplateResult | typeof nothing {
  if (isActive(model.status.callState)) return model.runningCall;
  const start = model.offers.voice ? startButton(model) : nothing;
  const { callback, status } = model;
  // Once it is open it has its own ways on, and so has the card of a failure.
  const isOnCard = status.failure && status.failure.reason !== 'call-in-another-tab';
  if (!callback || callback.content !== nothing || isOnCard) return start;
  return html`<div class="ways">${start}${callMeButton(callback, model)}</div>`;
}

function callMeButton(
  { onOpen, onReach }: CallbackOffer,
  { words, offers, messages }: PanelModel,
): TemplateResult {
  const isOnlyWay = !offers.voice && !offers.chat && messages.length === 0;
  return html`<button
    type="button"
    class=${isOnlyWay ? 'start' : 'start compact'}
    data-action="call-me"
    @click=${onOpen}
    @pointerenter=${onReach}
    @focus=${onReach}
  >
    ${icons.phone}<span>${words.callMe}</span>
  </button>`;
}

function startButton(model: PanelModel): TemplateResult | typeof nothing {
  // While a card offers "Try again", a second way to the same thing would only confuse.
  if (model.status.failure && offersRetry(model.status.failure)) return nothing;
  return html`<button
    type="button"
    class=${model.messages.length > 0 ? 'start compact' : 'start'}
    data-action="start-call"
    @click=${model.onStartCall}
    @pointerenter=${model.onReachForCall}
    @pointerdown=${model.onReachForCall}
    @focus=${model.onReachForCall}
  >
    ${icons.phone}<span>${model.canReturn ? model.words.returnToCall : model.words.startCall}</span>
  </button>`;
}
