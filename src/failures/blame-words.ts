import type { Blame } from './failure-reasons.js';
import type { FailureMessages } from '../i18n/en-later/failure-messages.js';

/** The badge of a failure card: on whose side it was. */
export const BLAME_WORDS = {
  platform: 'blamePlatform',
  caller: 'blameCaller',
  carrier: 'blameCarrier',
  environment: 'blameEnvironment',
  unknown: 'blameUnknown',
} satisfies Record<Blame, keyof FailureMessages>;
