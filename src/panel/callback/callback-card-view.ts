import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Failure } from '../../failures/failure.js';
import type { CallbackWords } from '../../i18n/en-later/callback-words.js';
import { failureMessagesEn, type FailureMessages } from '../../i18n/en-later/failure-messages.js';
import { fill, type Messages } from '../../i18n/messages.en.js';
import type { VisitorGuidance } from '../../i18n/en-later/visitor-guidance.js';
import { BLAME_WORDS } from '../../failures/blame-words.js';
import { icons } from '../../ui/icons.js';

export interface CallbackCardModel {
  words: CallbackWords & Messages;
  failure: Failure;
  guidance: VisitorGuidance;
  /** `null` when the request for the call was not answered. */
  callId: string | null;
  isTester: boolean;
  offersChat: boolean;
  /** Seconds until the call may be tried again; 0 when it may be now. */
  coolDownSeconds: number;
  onTryAgain: () => void;
  onChangeNumber: () => void;
  onChatInstead: () => void;
  onDone: () => void;
}

/** Renders why the call to the visitor's phone failed, and the next steps. */
export function callbackCardView(model: CallbackCardModel): TemplateResult {
  const { failure, guidance, coolDownSeconds } = model;
  const words: CallbackWords & FailureMessages & Messages = { ...failureMessagesEn, ...model.words };
  return html`<div part="failure-card" class="card">
    <div role="alert">
      <h3>${icons.alert}<bdi>${guidance.title}</bdi></h3>
      <p class="badge" data-blame=${failure.likelyBlame}>${words[BLAME_WORDS[failure.likelyBlame]]}</p>
      <p dir="auto">${guidance.cause}</p>
      <p><strong>${words.whatToTry}</strong> <bdi>${guidance.whatToTry}</bdi></p>
    </div>
    <div class="actions">${waysOn(model)}</div>
    ${
      failure.retryable && coolDownSeconds > 0
        ? html`<p class="hint">${fill(words.coolDown, { seconds: coolDownSeconds }, words)}</p>`
        : nothing
    }
    ${model.isTester ? facts(model, words) : nothing}
  </div>`;
}

/** Returns the next steps, best first; the first one stands out. The last one always puts the card away. */
function waysOn(model: CallbackCardModel): TemplateResult[] {
  const { words, failure, coolDownSeconds } = model;
  const isPaused = coolDownSeconds > 0;
  const isAboutNumber = failure.reason === 'sip_no_answer' || failure.reason === 'sip_rejected';
  const ways = [
    failure.retryable && { label: words.tryAgain, isPaused, onClick: model.onTryAgain },
    isAboutNumber && { label: words.callbackChangeNumber, isPaused: false, onClick: model.onChangeNumber },
    model.offersChat && { label: words.chatInstead, isPaused: false, onClick: model.onChatInstead },
    { label: words.callbackDone, isPaused: false, onClick: model.onDone },
  ];
  return ways
    .filter((way) => way !== false)
    .map(
      (way, index) =>
        // Stays focusable while it is paused: a visitor whose focus is on it does not lose it.
        html`<button
          type="button"
          class=${index === 0 ? 'action primary' : 'action'}
          aria-disabled=${way.isPaused ? 'true' : nothing}
          @click=${way.isPaused ? nothing : way.onClick}
        >
          <span>${way.label}</span>
        </button>`,
    );
}

function facts({ failure, callId }: CallbackCardModel, words: FailureMessages): TemplateResult {
  return html`<dl class="details">
      <dt>${words.reason}</dt>
      <dd><code>${failure.reason}</code></dd>
      <dt>${words.foundOutBy}</dt>
      <dd>${failure.source === 'server' ? words.sourceServer : words.sourceDevice}</dd>
      <dt>${words.callId}</dt>
      <dd><code>${callId ?? '–'}</code></dd>
    </dl>
    <p class="hint">${words.failedIsNotBroken}</p>`;
}
