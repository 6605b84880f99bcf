import type { Failure } from '../../../failures/failure.js';
import type { FailureReason } from '../../../failures/failure-reasons.js';
import type { Messages } from '../../../i18n/messages.en.js';
import { browserKind, systemKind, type BrowserKind, type SystemKind } from '../browser-kind.js';

const ALLOW_IN = {
  chromium: 'microphoneStepsChromium',
  firefox: 'microphoneStepsFirefox',
  safari: 'microphoneStepsSafari',
  ios: 'microphoneStepsIos',
  android: 'microphoneStepsAndroid',
} satisfies Record<BrowserKind, keyof Messages>;

const UNBLOCK_ON = {
  mac: 'microphoneStepsMac',
  windows: 'microphoneStepsWindows',
  phone: 'microphoneStepsPhone',
  linux: 'microphoneStepsLinux',
} satisfies Record<SystemKind, keyof Messages>;

/** Which steps lead out of a failure on this device; `null` where the card's one sentence is all there is to do. */
function stepsKey(reason: FailureReason): keyof Messages | null {
  switch (reason) {
    case 'microphone-denied':
      return ALLOW_IN[browserKind()];
    case 'microphone-blocked-by-system':
      return UNBLOCK_ON[systemKind()];
    case 'microphone-dismissed':
      return 'microphoneStepsDismissed';
    case 'microphone-not-found':
      return 'microphoneStepsNotFound';
    case 'microphone-in-use':
      return 'microphoneStepsInUse';
    case 'insecure-context':
      return 'insecureSteps';
    case 'blocked-by-permissions-policy':
      return 'policySteps';
    case 'in-app-browser':
      return 'inAppSteps';
    default:
      return null;
  }
}

/** Looked at anew before every call, without asking anybody: trying again costs nothing, though it has little chance by itself. */
const CHECKED_ANEW: readonly FailureReason[] = [
  'insecure-context',
  'blocked-by-permissions-policy',
  'in-app-browser',
];

/** Whether the card offers "Try again". */
export function offersRetry({ retryable, reason }: Pick<Failure, 'retryable' | 'reason'>): boolean {
  return retryable || CHECKED_ANEW.includes(reason);
}

/** The steps, one text each. */
export function failureSteps(reason: FailureReason, words: Messages): string[] {
  const key = stepsKey(reason);
  return key === null ? [] : words[key].split('\n');
}
