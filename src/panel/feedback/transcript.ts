import { toJson } from '../../wire/to-json.js';
import type { ThreadMessage } from '../../chat/thread-message.js';
import type { WithNumerals } from '../../i18n/messages.en.js';

/** What a transcript calls the two sides, and the notes between. */
export interface TranscriptNames extends WithNumerals {
  you: string;
  agent: string;
  note: (message: ThreadMessage) => string;
}

/** Returns what a transcript contains: the notes, and the messages that were sent. */
function lines(messages: readonly ThreadMessage[]): ThreadMessage[] {
  return messages.filter(({ status, role }) => role === 'note' || status === 'sent');
}

/** Returns the transcript as text: one line per message, with the time of day. */
export function transcriptText(messages: readonly ThreadMessage[], names: TranscriptNames): string {
  return lines(messages)
    .map((message) => {
      const time = new Date(message.at).toLocaleTimeString([], {
        hour: '2-digit',
        minute: '2-digit',
        numberingSystem: names.numerals ?? 'latn',
      });
      if (message.role === 'note') return `[${time}] ${names.note(message)}`;
      return `[${time}] ${message.role === 'user' ? names.you : names.agent}: ${message.text}`;
    })
    .join('\n');
}

/** Returns the transcript as JSON, for programs: roles, texts, channels and times (ISO 8601); no ids and no keys. */
export function transcriptJson(messages: readonly ThreadMessage[]): string {
  const entries = lines(messages).map(({ role, text, channel, at, note, seconds }) => ({
    role,
    ...(note ? { note } : {}),
    ...(text === '' ? {} : { text }),
    channel,
    at: new Date(at).toISOString(),
    ...(seconds === undefined ? {} : { seconds }),
  }));
  return toJson({ messages: entries }, 2);
}
