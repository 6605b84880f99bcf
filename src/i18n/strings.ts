import type { CallWords } from './call-words.en.js';
import type { CallbackWords } from './callback-words.en.js';
import type { CheckWords } from './check-words.en.js';
import type { FailureMessages } from './failure-messages.en.js';
import type { Messages } from './messages.en.js';
import type { WrapUpWords } from './wrap-up-words.en.js';

/** Every string that the `strings` property may override. */
export type Strings = { launcher: string } & Messages &
  CallWords &
  FailureMessages &
  CallbackWords &
  CheckWords &
  WrapUpWords;
