import { html, nothing, type TemplateResult } from 'lit';
import type { Blame, Failure } from '../../../failures/failure.js';
import type { Messages } from '../../../i18n/messages.en.js';
import type { VisitorGuidance } from '../../../i18n/visitor-guidance.en.js';
import { failureSteps, offersRetry } from './failure-steps.js';
import { icons } from './icons.js';
import type { PanelModel } from './panel-view.js';

const BLAME_WORDS = {
  platform: 'blamePlatform',
  caller: 'blameCaller',
  carrier: 'blameCarrier',
  environment: 'blameEnvironment',
  unknown: 'blameUnknown',
} satisfies Record<Blame, keyof Messages>;

/** What happened, whose side it was on, what to do, and the buttons to do it. */
export function failureCardView(
  model: PanelModel,
  failure: Failure,
  guidance: VisitorGuidance,
): TemplateResult {
  const { words, config } = model;
  const permission = failure.reason === 'microphone-denied' || failure.reason === 'microphone-dismissed';
  return html`<div part="failure-card" class="card">
    <div role="alert">
      <h3>${icons.alert}<span>${guidance.title}</span></h3>
      <p class="badge" data-blame=${failure.likelyBlame}>${words[BLAME_WORDS[failure.likelyBlame]]}</p>
      <p>${guidance.cause}</p>
      <p><strong>${words.whatToTry}:</strong> ${guidance.whatToTry}</p>
      ${steps(failureSteps(failure.reason, words), words)}
    </div>
    <p role="status" class="notice">${model.notice}</p>
    <div class="actions">
      ${
        offersRetry(failure)
          ? html`<button
              type="button"
              class="action primary"
              @click=${model.onStartCall}
              @pointerenter=${model.onReachForCall}
            >
              ${icons.retry}<span>${words.tryAgain}</span>
            </button>`
          : nothing
      }
      ${
        failure.reason === 'call-in-another-tab'
          ? html`<button type="button" class="action" @click=${model.onTakeOver}>
              <span>${words.takeOver}</span>
            </button>`
          : nothing
      }
      ${
        permission
          ? html`<button type="button" class="action" @click=${model.onAllowMicrophone}>
              ${icons.microphone}<span>${words.allowMicrophone}</span>
            </button>`
          : nothing
      }
      ${
        config.mode === 'both'
          ? html`<button type="button" class="action" @click=${model.onChatInstead}>
              <span>${words.chatInstead}</span>
            </button>`
          : html`<button type="button" class="action" @click=${model.onDismissFailure}>
              <span>${words.dismiss}</span>
            </button>`
      }
    </div>
    ${config.audience === 'tester' ? details(model, failure) : nothing}
  </div>`;
}

function steps(texts: string[], words: Messages): TemplateResult | typeof nothing {
  if (texts.length === 0) return nothing;
  return html`<p class="steps-title">${words.stepsTitle}</p>
    <ol class="steps">
      ${texts.map((text) => html`<li>${text}</li>`)}
    </ol>`;
}

function details({ words, status }: PanelModel, failure: Failure): TemplateResult {
  return html`<dl class="details">
      <dt>${words.reason}</dt>
      <dd><code>${failure.reason}</code></dd>
      <dt>${words.foundOutBy}</dt>
      <dd>${failure.source === 'server' ? words.sourceServer : words.sourceDevice}</dd>
      <dt>${words.callId}</dt>
      <dd><code>${status.callId ?? '–'}</code></dd>
    </dl>
    <p class="hint">${words.failedIsNotBroken}</p>`;
}
