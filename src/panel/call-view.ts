import type { OfferedFeatures } from '../api/features.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { isActive, type CallStatus } from '../call/call-state.js';
import { disclosedBy, type DisclosureModel } from './disclosure-view.js';
import { icons } from '../ui/icons.js';
import { offersRetry } from '../failures/offers-retry.js';
import type { ThreadMessage } from '../chat/thread-message.js';

/** What the panel shows of calls to the visitor's own phone. */
export interface CallbackModel {
  /** The form, the progress of the call, or its failure; `nothing` until the visitor asks for a call. */
  content: TemplateResult | typeof nothing;
  /** Whether the form is open: it stands in the place of the other controls. */
  hasForm: boolean;
  onOpen: () => void;
  /** Called when the visitor's pointer or focus is on the button: the code may be loaded. */
  onReach: () => void;
}

export interface CallModel extends DisclosureModel {
  status: CallStatus;
  messages: readonly ThreadMessage[];
  features: OfferedFeatures;
  /** Calls to the visitor's phone; `null` where the site does not offer them. */
  callback: CallbackModel | null;
  /** Whether the previous page left a call open. */
  canReturn: boolean;
  /** The controls of the running call. */
  runningCall: TemplateResult | typeof nothing;
  onStartCall: () => void;
  /** Called when the visitor's pointer or focus is on the call button: the voice code may be loaded. */
  onReachForCall: () => void;
}

/** The buttons that start a call, or the controls of the running one. */
export function callView(model: CallModel): TemplateResult | typeof nothing {
  if (isActive(model.status.callState)) return model.runningCall;
  const start = model.features.voice ? startButton(model) : nothing;
  const { callback, status } = model;
  // An open callback has its own next steps, and so has a failure card.
  const isOnCard = status.failure && status.failure.reason !== 'call-in-another-tab';
  if (!callback || callback.content !== nothing || isOnCard) return start;
  return html`<div class="ways">${start}${callMeButton(callback, model)}</div>`;
}

function callMeButton(
  { onOpen, onReach }: CallbackModel,
  { words, features, messages }: CallModel,
): TemplateResult {
  const isOnlyWay = !features.voice && !features.chat && messages.length === 0;
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

function startButton(model: CallModel): TemplateResult | typeof nothing {
  // While a card offers "Try again", a second way to the same thing would only confuse.
  if (model.status.failure && offersRetry(model.status.failure)) return nothing;
  return html`<button
    type="button"
    class=${model.messages.length > 0 ? 'start compact' : 'start'}
    data-action="start-call"
    aria-describedby=${disclosedBy(model)}
    @click=${model.onStartCall}
    @pointerenter=${model.onReachForCall}
    @pointerdown=${model.onReachForCall}
    @focus=${model.onReachForCall}
  >
    ${icons.phone}<span>${model.canReturn ? model.words.returnToCall : model.words.startCall}</span>
  </button>`;
}
