import type { ChatBody, WidgetClient } from '../api/widget-client.js';
import { classifyError } from '../failures/classify-error.js';
import type { Thread, ThreadMessage } from './thread.js';

export interface ChatPlan {
  agentId: string;
  client: WidgetClient;
  body: Omit<ChatBody, 'message' | 'sessionId'>;
}

export interface ChatListener {
  /** A message is complete: the visitor's when it was sent, the agent's when all of it is there. */
  onMessage(message: ThreadMessage): void;
  onBusy(busy: boolean): void;
  onError(error: unknown): void;
}

/**
 * Sends typed messages one after the other, so that replies come in the order of the questions, and writes both into
 * the thread. A message that cannot be sent stays there as `failed`; `retry` sends it with the same idempotency key.
 */
export class ChatSession {
  readonly #thread: Thread;
  readonly #plan: () => ChatPlan;
  readonly #listener: ChatListener;
  readonly #abort = new AbortController();
  #queue: string[] = [];
  #sending = false;

  constructor(thread: Thread, plan: () => ChatPlan, listener: ChatListener) {
    this.#thread = thread;
    this.#plan = plan;
    this.#listener = listener;
  }

  get busy(): boolean {
    return this.#sending;
  }

  send(text: string): void {
    this.#enqueue(this.#thread.addTyped(text).id);
  }

  retry(id: string): void {
    const message = this.#thread.find(id);
    if (message?.status !== 'failed') return;
    this.#thread.patch(id, { status: 'sending', reason: undefined });
    this.#enqueue(id);
  }

  dispose(): void {
    this.#abort.abort();
    this.#queue = [];
  }

  #enqueue(id: string): void {
    this.#queue.push(id);
    if (!this.#sending) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#sending = true;
    this.#listener.onBusy(true);
    for (let id = this.#queue.shift(); id !== undefined; id = this.#queue.shift()) {
      const message = this.#thread.find(id);
      if (message) await this.#deliver(message);
    }
    this.#sending = false;
    this.#listener.onBusy(false);
  }

  async #deliver(message: ThreadMessage): Promise<void> {
    const { agentId, client, body } = this.#plan();
    const replyId = `${message.id}-reply`;
    const { signal } = this.#abort;
    const sessionId = this.#thread.sessionId ?? undefined;
    try {
      const reply = await client.chat(
        agentId,
        { ...body, message: message.text, ...(sessionId === undefined ? {} : { sessionId }) },
        {
          signal,
          idempotencyKey: message.idempotencyKey,
          onText: (text) => this.#grow(message.id, replyId, text),
        },
      );
      if (signal.aborted || !this.#thread.find(message.id)) return;
      if (reply.sessionId !== null) this.#thread.sessionId = reply.sessionId;
      this.#thread.patch(message.id, { status: 'sent' });
      this.#listener.onMessage({ ...message, status: 'sent' });
      if (reply.text === '') return;
      const answer: ThreadMessage = {
        id: replyId,
        role: 'agent',
        text: reply.text,
        channel: 'chat',
        status: 'sent',
        at: Date.now(),
      };
      this.#thread.put(answer);
      this.#listener.onMessage(answer);
    } catch (error) {
      if (signal.aborted) return;
      // A partial reply goes with its question: the retry brings the whole of it.
      this.#thread.remove(replyId);
      this.#thread.patch(message.id, { status: 'failed', reason: classifyError(error) ?? 'unknown' });
      this.#listener.onError(error);
    }
  }

  #grow(messageId: string, id: string, text: string): void {
    if (this.#abort.signal.aborted || !this.#thread.find(messageId)) return;
    const at = this.#thread.find(id)?.at ?? Date.now();
    this.#thread.put({ id, role: 'agent', text, channel: 'chat', status: 'arriving', at });
  }
}
