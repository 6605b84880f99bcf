import { FAILURE_CATALOGUE } from '../../failures/failure-catalogue.js';
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

/** Returns the key of the steps for this device; `null` where the card's one sentence is all there is to do. */
function stepsKey(reason: FailureReason): keyof FailureMessages | null {
  const { steps = null } = FAILURE_CATALOGUE[reason];
  if (steps === 'allow-microphone') return ALLOW_IN[browserKind()];
  return steps === 'unblock-microphone' ? UNBLOCK_ON[systemKind()] : steps;
}

/** Returns the steps, one text each; empty when there are none. */
export function microphoneSteps(reason: FailureReason, words: FailureMessages): string[] {
  const key = stepsKey(reason);
  return key === null ? [] : words[key].split('\n');
}
