import type { CallWords } from './en-later/call-words.js';
import type { CallbackWords } from './en-later/callback-words.js';
import type { CheckWords } from './en-later/check-words.js';
import type { FailureMessages } from './en-later/failure-messages.js';
import type { FeedbackWords } from './en-later/feedback-words.js';
import type { LanguageWords } from './en-later/language-words.js';
import type { RatingWords } from './en-later/rating-words.js';
import type { VisitorGuidance, visitorGuidanceEn } from './en-later/visitor-guidance.js';
import type { messagesEn } from './messages.en.js';

/** All strings of the panel and its features, in another language. A file of `locales/` exports them as `words`. */
export type LocaleWords = typeof messagesEn &
  CallWords &
  FailureMessages &
  CallbackWords &
  CheckWords &
  FeedbackWords &
  LanguageWords &
  RatingWords & { guidance: Record<keyof typeof visitorGuidanceEn, VisitorGuidance> };
