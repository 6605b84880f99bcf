import type { CallWords } from './call-words.en.js';
import type { CallbackWords } from './callback-words.en.js';
import type { CheckWords } from './check-words.en.js';
import type { FailureMessages } from './failure-messages.en.js';
import type { messagesEn } from './messages.en.js';
import type { VisitorGuidance, visitorGuidanceEn } from './visitor-guidance.en.js';
import type { WrapUpWords } from './wrap-up-words.en.js';

/** What the panel says as soon as it is open, in another language. */
export type PanelWords = typeof messagesEn;

/** What its later parts say: running calls, cards of failures, form, check, end of a conversation. */
export interface LaterWords {
  words: CallWords & FailureMessages & CallbackWords & CheckWords & WrapUpWords;
  guidance: Record<keyof typeof visitorGuidanceEn, VisitorGuidance>;
}
