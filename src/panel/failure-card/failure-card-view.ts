import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CallTrace } from '../../call/call-timeline.js';
import type { Failure } from '../../failures/failure.js';
import { failureMessagesEn, type FailureMessages } from '../../i18n/en-later/failure-messages.js';
import { fill, type Messages } from '../../i18n/messages.en.js';
import type { VisitorGuidance } from '../../i18n/en-later/visitor-guidance.js';
import { BLAME_WORDS } from '../../failures/blame-words.js';
import { FAILURE_CATALOGUE, type NextStep } from '../../failures/failure-catalogue.js';
import { microphoneSteps } from './microphone-steps.js';
import { icons } from '../../ui/icons.js';
import { offersRetry } from '../../failures/offers-retry.js';
import type { CallStatus } from '../../call/call-state.js';
import type { WidgetConfig } from '../../contract/widget-config.js';
import type { CopiedText } from '../../ui/write-clipboard.js';
import type { OfferedFeatures } from '../../api/features.js';

export interface FailureCardModel {
  config: Pick<WidgetConfig, 'audience'>;
  words: Messages;
  /** The language of the strings (BCP 47). */
  language: string;
  status: CallStatus;
  /** The trace of the current or the last call. */
  trace: CallTrace | null;
  /** A line about the microphone, or about calls. */
  notice: string | null;
  /** Seconds until a call may be tried again; 0 when it may be now. */
  coolDownSeconds: number;
  /** A report that was asked for; shown where it could not be copied. */
  report: CopiedText | null;
  features: OfferedFeatures;
  /** Calls to the visitor's phone; `null` where the site does not offer them. */
  callback: { onOpen: () => void } | null;
  onStartCall: () => void;
  onReachForCall: () => void;
  onAllowMicrophone: () => void;
  onCheck: () => void;
  onCopyReport: () => void;
  onCopyCallId: () => void;
  onTakeOver: () => void;
  onChatInstead: () => void;
  onDismissFailure: () => void;
}

type CardWords = Messages & FailureMessages;

const SUPPORT = 'mailto:support@osmapi.com';

/** Renders what happened, whose side it was on, what to do, and the buttons to do it. */
export function failureCardView(
  model: FailureCardModel,
  failure: Failure,
  guidance: VisitorGuidance,
): TemplateResult {
  const words: CardWords = { ...failureMessagesEn, ...model.words };
  const isTester = model.config.audience === 'tester';
  return html`<div part="failure-card" class="card">
    <div role="alert">
      <h3>${icons.alert}<bdi>${guidance.title}</bdi></h3>
      <p class="badge" data-blame=${failure.likelyBlame}>${words[BLAME_WORDS[failure.likelyBlame]]}</p>
      <p dir="auto">${guidance.cause}</p>
      <p><strong>${words.whatToTry}</strong> <bdi>${guidance.whatToTry}</bdi></p>
      ${steps(microphoneSteps(failure.reason, words), words)}
    </div>
    <p role="status" class="notice">${model.notice}</p>
    <div class="actions">${nextSteps(model, failure, words)}</div>
    ${model.coolDownSeconds > 0 ? html`<p class="hint">${fill(words.coolDown, { seconds: model.coolDownSeconds }, words)}</p>` : nothing}
    ${isTester ? details(model, failure, words) : nothing} ${report(model, words, isTester)}
  </div>`;
}

function steps(texts: string[], words: CardWords): TemplateResult | typeof nothing {
  if (texts.length === 0) return nothing;
  return html`<p class="steps-title">${words.stepsTitle}</p>
    <ol class="steps">
      ${texts.map((text) => html`<li>${text}</li>`)}
    </ol>`;
}

/** Renders the next steps that this site offers and that can help, best first. There is always one. */
function nextSteps(model: FailureCardModel, failure: Failure, words: CardWords): unknown {
  const retry = offersRetry(failure);
  // A site's own guidance may know better than the catalogue whether another try can help.
  const order: NextStep[] = [...FAILURE_CATALOGUE[failure.reason].nextSteps];
  if (retry && !order.includes('try-again')) order.unshift('try-again');
  // A tester is always offered the check.
  if (model.config.audience === 'tester' && !order.includes('check')) order.push('check');
  const offered = order.filter((step) => {
    if (step === 'chat') return model.features.chat;
    if (step === 'callback') return model.callback !== null;
    return model.features.voice && (step !== 'try-again' || retry);
  });
  if (offered.length === 0) return button('action', words.dismiss, model.onDismissFailure);
  // Keyed by what they do, not by their place: a correction of the card must not change a button under the visitor's finger.
  return repeat(
    offered,
    (step) => step,
    (step, index) => stepButton(step, model, words, index === 0),
  );
}

function stepButton(
  step: NextStep,
  model: FailureCardModel,
  words: CardWords,
  isFirst: boolean,
): TemplateResult {
  const look = isFirst ? 'action primary' : 'action';
  switch (step) {
    case 'try-again':
      // Stays focusable while it is paused: a visitor whose focus is on it does not lose it.
      return html`<button
        type="button"
        class=${look}
        aria-disabled=${model.coolDownSeconds > 0 ? 'true' : nothing}
        @click=${model.coolDownSeconds > 0 ? nothing : model.onStartCall}
        @pointerenter=${model.onReachForCall}
      >
        ${icons.retry}<span>${words.tryAgain}</span>
      </button>`;
    case 'take-over':
      return button(look, words.takeOver, model.onTakeOver);
    case 'allow-microphone':
      return button(look, words.allowMicrophone, model.onAllowMicrophone, icons.microphone);
    case 'check':
      return button(look, words.checkConnection, model.onCheck);
    case 'callback':
      return button(look, words.callMe, () => model.callback?.onOpen(), icons.phone, 'call-me');
    case 'chat':
      return button(look, words.chatInstead, model.onChatInstead);
  }
}

function button(
  look: string,
  label: string,
  onClick: () => void,
  icon: TemplateResult | typeof nothing = nothing,
  action: string | typeof nothing = nothing,
): TemplateResult {
  return html`<button type="button" class=${look} data-action=${action} @click=${onClick}>
    ${icon}<span>${label}</span>
  </button>`;
}

function details(
  { status, trace, language }: FailureCardModel,
  failure: Failure,
  words: CardWords,
): TemplateResult {
  const raw = trace?.record?.failureReason;
  return html`<dl class="details">
      <dt>${words.reason}</dt>
      <dd><code>${failure.reason}</code></dd>
      ${
        raw && raw !== failure.reason
          ? html`<dt>${words.recordSays}</dt>
              <dd><code>${raw}</code></dd>`
          : nothing
      }
      <dt>${words.foundOutBy}</dt>
      <dd>${failure.source === 'server' ? words.sourceServer : words.sourceDevice}</dd>
      <dt>${words.callId}</dt>
      <dd><code>${status.callId ?? '–'}</code></dd>
      ${
        trace
          ? html`<dt>${words.timings}</dt>
              <dd>${timings(trace, words, language)}</dd>`
          : nothing
      }
    </dl>
    <p class="hint">${words.failedIsNotBroken}</p>`;
}

const TIMES = [
  ['microphone-granted', 'timeMicrophone'],
  ['connect-answered', 'timeAnswer'],
  ['link-up', 'timeLink'],
  ['agent-joined', 'timeAgent'],
  ['agent-heard', 'timeHeard'],
  ['end', 'timeEnd'],
] as const satisfies [string, keyof FailureMessages][];

/** Returns how long after the press each event came. */
function timings({ timeline }: CallTrace, words: CardWords, language: string): string {
  const seconds = new Intl.NumberFormat(language, {
    numberingSystem: words.numerals ?? 'latn',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return TIMES.flatMap(([event, word]) => {
    const entry = timeline.find((candidate) => candidate.event === event);
    return entry ? [fill(words[word], { seconds: seconds.format(entry.atMs / 1_000) })] : [];
  }).join(', ');
}

function report(model: FailureCardModel, words: CardWords, isTester: boolean): TemplateResult {
  const { report: given, status } = model;
  return html`<div class="card-links">
      <button type="button" class="link" @click=${model.onCopyReport}>${words.copyReport}</button>
      ${
        isTester && status.callId
          ? html`<button type="button" class="link" @click=${model.onCopyCallId}>${words.copyCallId}</button>`
          : nothing
      }
      ${isTester ? html`<a class="link" href=${SUPPORT}>${words.contactSupport}</a>` : nothing}
    </div>
    <p role="status" class="hint">${given && (given.copied ? words.copied : words.copyByHand)}</p>
    ${
      given && !given.copied
        ? html`<textarea readonly class="report" aria-label=${words.report} .value=${given.text}></textarea>`
        : nothing
    }`;
}
