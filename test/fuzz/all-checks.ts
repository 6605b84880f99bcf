import { apiChecks } from './api-checks.js';
import type { Check } from './check.js';
import { relayChecks } from './relay-checks.js';
import { storageChecks } from './storage-checks.js';
import { textChecks } from './text-checks.js';
import { voiceChecks } from './voice-checks.js';

/** Every reader of what somebody else has written. */
export const allChecks: readonly Check[] = [
  ...apiChecks,
  ...textChecks,
  ...relayChecks,
  ...voiceChecks,
  ...storageChecks,
];
