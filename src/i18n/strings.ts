import type { FailureMessages } from './failure-messages.en.js';
import type { Messages } from './messages.en.js';

/** Every string that the `strings` property may override. */
export type Strings = Messages & FailureMessages;
