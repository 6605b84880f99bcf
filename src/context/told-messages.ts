import type { ChatFields, MessageContext } from '../chat/chat-session.js';
import type { PanelHost } from '../contract/panel-host.js';
import type { ChatReply } from '../wire/chat-reply.js';
import { ApiError } from '../wire/api-error.js';
import { randomId } from '../wire/random-id.js';
import { withContext } from './agent-context.js';
import type { Thread } from '../chat/thread.js';

export interface Sources {
  host: Pick<PanelHost, 'config' | 'context'>;
  thread: Pick<Thread, 'messages' | 'sessionId' | 'patch'>;
  language: () => string;
  report: (error: unknown) => void;
}

const contexts = new WeakMap<object, ToldMessages>();

/** The one context of a conversation. */
export function contextFor(sources: Sources): MessageContext {
  let context = contexts.get(sources.thread);
  if (!context) contexts.set(sources.thread, (context = new ToldMessages(sources)));
  return context;
}

/** Sends chat messages with what the agent is told besides them; once more without it when the platform refuses that. */
class ToldMessages implements MessageContext {
  readonly #sources: Sources;
  /** The bodies of messages that were sent and not answered: sent again with the same key, a message must be the same. */
  readonly #bodies = new Map<string, ChatFields>();
  /** The platform takes messages only without what the agent is told besides them. */
  #isRefused = false;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  async send(...[{ id }, body, post]: Parameters<MessageContext['send']>): Promise<ChatReply> {
    const { host, thread, language, report } = this.#sources;
    const fields =
      this.#bodies.get(id) ??
      (this.#isRefused
        ? body
        : withContext(body, host.config, { language: language(), context: host.context(), thread }, id));
    this.#bodies.set(id, fields);
    const isTold =
      fields.assistantOverride !== undefined || fields.dynamicVariables !== body.dynamicVariables;
    let reply: ChatReply;
    try {
      reply = await post(fields);
    } catch (error) {
      if (!isTold || !(error instanceof ApiError) || error.code !== 'bad-request') throw error;
      // Another body needs another key: the platform may give the old key its old answer.
      const key = randomId();
      thread.patch(id, { idempotencyKey: key });
      this.#bodies.set(id, body);
      reply = await post(body, key);
      this.#isRefused = true;
      report(error);
    }
    this.#bodies.delete(id);
    return reply;
  }
}
