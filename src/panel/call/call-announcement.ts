import type { CallStatus } from '../../call/call-state.js';
import { fill, type Messages } from '../../i18n/messages.en.js';
import { formatDuration } from '../../ui/duration.js';

/** What a screen reader is told of a call. Not every turn of the conversation: those are heard. A failure has its own alert. */
export function callAnnouncement(
  { callState, agentJoined, durationSeconds }: CallStatus,
  words: Messages,
): string {
  switch (callState) {
    case 'requesting-microphone':
      return words.askingMicrophone;
    case 'connecting':
      return words.connecting;
    case 'connected':
      // Nobody is asked to speak whom nobody hears.
      return agentJoined ? words.callRunning : words.waitingForAgent;
    case 'reconnecting':
      return words.reconnecting;
    case 'ended':
      return fill(words.callEnded, { duration: formatDuration(durationSeconds) });
    case 'idle':
    case 'ending':
    case 'failed':
      return '';
  }
}
