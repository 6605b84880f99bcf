import type { FailureReason } from '../../failures/failure-reasons.js';
import type { FailureMessages } from '../../i18n/en-later/failure-messages.js';
import { browserKind, systemKind, type BrowserKind, type SystemKind } from './browser-kind.js';

const ALLOW_IN = {
  chromium: 'microphoneStepsChromium',
  firefox: 'microphoneStepsFirefox',
  safari: 'microphoneStepsSafari',
  ios: 'microphoneStepsIos',
  android: 'microphoneStepsAndroid',
} satisfies Record<BrowserKind, keyof FailureMessages>;

const UNBLOCK_ON = {
  mac: 'microphoneStepsMac',
  windows: 'microphoneStepsWindows',
  phone: 'microphoneStepsPhone',
  linux: 'microphoneStepsLinux',
} satisfies Record<SystemKind, keyof FailureMessages>;

/** Which steps lead out of a failure on this device; `null` where the card's one sentence is all there is to do. */
function stepsKey(reason: FailureReason): keyof FailureMessages | null {
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

/** The steps, one text each. */
export function microphoneSteps(reason: FailureReason, words: FailureMessages): string[] {
  const key = stepsKey(reason);
  return key === null ? [] : words[key].split('\n');
}
