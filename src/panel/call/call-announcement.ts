import type { CallStatus } from '../../call/call-state.js';
import type { CallWords } from '../../i18n/en-later/call-words.js';
import { fill, type Messages } from '../../i18n/messages.en.js';
import { formatDuration } from '../../ui/duration.js';

/**
 * Returns what a screen reader says about a call. Turns of the conversation are left out: they are heard. A failure has its own
 * alert.
 */
export function callAnnouncement(
  { callState, agentJoined, durationSeconds }: CallStatus,
  words: Messages & CallWords,
): string {
  switch (callState) {
    case 'requesting-microphone':
      return words.askingMicrophone;
    case 'connecting':
      return words.connecting;
    case 'connected':
      // Visitors are asked to speak only when somebody hears them.
      return agentJoined ? words.callRunning : words.waitingForAgent;
    case 'reconnecting':
      return words.reconnecting;
    case 'ended':
      return fill(words.callEnded, { duration: formatDuration(durationSeconds, words) });
    case 'idle':
    case 'ending':
    case 'failed':
      return '';
  }
}
