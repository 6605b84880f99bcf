import type { SupportState } from '../wire/chat-reply.js';
import type { Thread } from './thread.js';
import type { ThreadNote } from './thread-message.js';

const SUPPORT: readonly unknown[] = [
  'person-requested',
  'person-answers',
  'agent-answers',
] satisfies ThreadNote[];

/**
 * Says in the conversation who answers, and who was asked for: a line each time that it changes. What was said before stands
 * in the conversation itself: the same after a reload, and in the site's other tabs.
 */
export function noteSupport(thread: Thread, messageId: string, { mode, helpRequested }: SupportState): void {
  // Cleared meanwhile.
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
