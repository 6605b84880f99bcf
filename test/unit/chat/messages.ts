import type { ThreadMessage } from '../../../src/chat/thread-message.js';

/** A typed message that was sent, with whatever a test needs to be different. */
export function message(changes: Partial<ThreadMessage> = {}): ThreadMessage {
  return {
    id: 'message_1',
    role: 'user',
    text: 'Hello',
    channel: 'chat',
    status: 'sent',
    at: 1_000,
    ...changes,
  };
}
