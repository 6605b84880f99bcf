import type { ChatSession } from '../../chat/chat-session.js';
import type { Thread } from '../../chat/thread.js';
import type { ComposerModel } from './composer-view.js';
import type { ConversationModel } from './conversation-view.js';

type ChatModel = Pick<ComposerModel, 'draft' | 'busy' | 'onDraft' | 'onStopReply'> &
  Pick<ConversationModel, 'replying' | 'onRetryMessage' | 'onEditMessage'>;

/** The chat's part of the panel's model. `focusBox` moves the focus into the message box. */
export function chatModel(chat: ChatSession, thread: Thread, focusBox: () => void): ChatModel {
  return {
    draft: thread.draft,
    busy: chat.busy,
    replying: chat.awaitsAgent && thread.messages.at(-1)?.status !== 'arriving',
    onDraft: (text) => (thread.draft = text),
    onStopReply: () => chat.stop(),
    onRetryMessage: (id) => chat.retry(id),
    onEditMessage: (id) => {
      thread.takeBack(id);
      focusBox();
    },
  };
}
