import type { ThreadMessage } from '../chat/thread-message.js';
import { fill, type Messages } from '../i18n/messages.en.js';
import { formatDuration } from './duration.js';

/** Returns a note of the conversation, such as the end of a call, as a line of text. */
export function noteText({ note, text, seconds = 0 }: ThreadMessage, words: Messages): string {
  switch (note) {
    case 'call-started':
      return words.callStarted;
    case 'call-ended':
      return fill(words.callEnded, { duration: formatDuration(seconds, words) });
    case 'call-failed':
      return fill(words.callFailed, { title: text });
    case 'phone-call-started':
      return words.phoneCallStarted;
    case 'phone-call-ended':
      return seconds > 0
        ? fill(words.phoneCallEnded, { duration: formatDuration(seconds, words) })
        : words.phoneCallOver;
    case 'phone-call-failed':
      return fill(words.phoneCallFailed, { title: text });
    case 'person-requested':
      return words.personRequested;
    case 'person-answers':
      return words.personAnswers;
    case 'agent-answers':
      return words.agentAnswers;
    case 'handed-over':
      return text === '' ? words.talkingToPerson : fill(words.talkingTo, { name: text });
    case 'conversation-told':
    case undefined:
      return text;
  }
}
