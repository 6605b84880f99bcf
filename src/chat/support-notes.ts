import type { SupportState } from '../wire/chat-reply.js';
import type { Thread } from './thread.js';
import type { ThreadNote } from './thread-message.js';

const SUPPORT: readonly unknown[] = [
  'person-requested',
  'person-answers',
  'agent-answers',
] satisfies ThreadNote[];

/**
 * Adds a note to the conversation when another side (person or agent) answers, and when a person was asked for. The last such
 * note is read from the conversation itself, so that a reload and the site's other tabs come to the same result.
 */
export function noteSupport(thread: Thread, messageId: string, { mode, helpRequested }: SupportState): void {
  // The conversation was cleared meanwhile.
  if (!thread.find(messageId)) return;
  const last = (): ThreadNote =>
    thread.messages.findLast(({ note }) => SUPPORT.includes(note))?.note ?? 'agent-answers';
  const add = (note: ThreadNote): void => {
    const id = `${messageId}-${note}`;
    thread.put({ id, role: 'note', note, text: '', channel: 'chat', status: 'sent', at: thread.now() });
  };
  if (helpRequested && last() === 'agent-answers') add('person-requested');
  const isWithPerson = last() === 'person-answers';
  if (mode !== undefined && (mode === 'support') !== isWithPerson)
    add(isWithPerson ? 'agent-answers' : 'person-answers');
}
