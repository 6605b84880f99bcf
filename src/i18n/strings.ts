import type { CallWords } from './en-later/call-words.js';
import type { CallbackWords } from './en-later/callback-words.js';
import type { CheckWords } from './en-later/check-words.js';
import type { FailureMessages } from './en-later/failure-messages.js';
import type { Messages } from './messages.en.js';
import type { LanguageWords } from './en-later/language-words.js';
import type { RatingWords } from './en-later/rating-words.js';
import type { FeedbackWords } from './en-later/feedback-words.js';

/** Every string that the `strings` property may override. */
export type Strings = { launcher: string } & Omit<Messages, 'numerals'> &
  CallWords &
  FailureMessages &
  CallbackWords &
  CheckWords &
  FeedbackWords &
  LanguageWords &
  RatingWords;
