import { html } from 'lit/html.js';
import { lazy } from '../../async/lazy.js';
import { REASON_FACTS, toFailureReason } from '../../failures/failure-reasons.js';
import { messagesEn, type Messages } from '../../i18n/messages.en.js';
import type { VisitorGuidance } from '../../i18n/visitor-guidance.en.js';
import { adoptStyles } from '../styles/adopt-styles.js';
import type * as FailureGuidanceModule from './failure-guidance.js';

/** The card of a failure, and the words of all failures for both audiences. */
export type Guidance = Pick<
  typeof FailureGuidanceModule,
  'describeFailureReason' | 'guidanceFor' | 'failureCardView'
>;

const loadFailureGuidance = lazy(() => import('./failure-guidance.js'));

/** Fetches the card, and its styles. Where even that fails (offline since before the first idle moment) a plain one stands in. */
export async function loadGuidance(shadowRoot: ShadowRoot): Promise<Guidance> {
  const guidance = await loadFailureGuidance().catch(() => null);
  if (guidance) adoptStyles(shadowRoot, guidance.cardStyles);
  return guidance ?? STAND_IN;
}

const standInWords = (words: Messages): VisitorGuidance => ({
  title: words.failedTitle,
  cause: words.failedCause,
  whatToTry: words.failedTry,
});

export const STAND_IN: Guidance = {
  describeFailureReason: (reason) => ({
    ...standInWords(messagesEn),
    ...REASON_FACTS[toFailureReason(reason)],
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
