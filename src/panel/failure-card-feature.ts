import { html, type TemplateResult } from 'lit/html.js';
import { lazy } from '../async/lazy.js';
import type { Failure, FailureGuidance } from '../failures/failure.js';
import type { FailureWords } from '../failures/failure-words.js';
import { reasonFacts, type FailureReason } from '../failures/failure-reasons.js';
import { messagesEn, type Messages } from '../i18n/messages.en.js';
import type { VisitorGuidance } from '../i18n/en-later/visitor-guidance.js';
import { adoptStyles } from '../ui/adopt-styles.js';
import type { FailureCardModel } from './failure-card/index.js';
import type { PanelHost } from '../contract/panel-host.js';

const loadCard = lazy(() => import('./failure-card/index.js'));

type FailureCard = Pick<
  typeof import('./failure-card/index.js'),
  'describeFailureReason' | 'guidanceFor' | 'failureCardView'
>;

/** The failure card, and the texts of all failures for both audiences. Their code is loaded at the first idle moment. */
export class FailureCardFeature implements FailureWords {
  readonly #host: Pick<PanelHost, 'config' | 'shadowRoot'>;
  readonly #report: (error: unknown) => void;
  #card: FailureCard = STAND_IN;

  constructor(host: Pick<PanelHost, 'config' | 'shadowRoot'>, report: (error: unknown) => void) {
    this.#host = host;
    this.#report = report;
    // Loaded before it is needed: the visitor may be offline by then.
    (globalThis.requestIdleCallback ?? setTimeout)(() => void this.load());
  }

  /**
   * Loads the card and its styles. Where even that fails (offline since before the first idle moment), a plain card stands in.
   * Never rejects.
   */
  async load(): Promise<void> {
    if (this.#card !== STAND_IN) return;
    const card = await loadCard().catch(() => null);
    if (!card) return;
    adoptStyles(this.#host.shadowRoot, card.cardStyles);
    this.#card = card;
  }

  async describe(reason: FailureReason): Promise<FailureGuidance> {
    await this.load();
    try {
      return (this.#host.config.describeFailure ?? this.#card.describeFailureReason)(reason);
    } catch (fault) {
      this.#report(fault);
      return this.#card.describeFailureReason(reason);
    }
  }

  guidanceFor(failure: Failure, words: Messages): VisitorGuidance {
    return this.#card.guidanceFor(failure, this.#host.config, words);
  }

  view(model: FailureCardModel, failure: Failure): TemplateResult {
    return this.#card.failureCardView(model, failure, this.guidanceFor(failure, model.words));
  }
}

const standInWords = (words: Messages): VisitorGuidance => ({
  title: words.failedTitle,
  cause: words.failedCause,
  whatToTry: words.failedTry,
});

const STAND_IN: FailureCard = {
  describeFailureReason: (reason) => ({
    ...standInWords(messagesEn),
    ...reasonFacts(reason),
  }),
  guidanceFor: (failure, { describeFailure }, words) => (describeFailure ? failure : standInWords(words)),
  failureCardView: ({ words, onStartCall }, _failure, { title, cause, whatToTry }) =>
    html`<div part="failure-card" class="card">
      <div role="alert">
        <h3>${title}</h3>
        <p>${cause} ${whatToTry}</p>
      </div>
      <button type="button" class="action primary" @click=${onStartCall}>${words.tryAgain}</button>
    </div>`,
};
