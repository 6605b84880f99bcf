import { ApiError, type ApiErrorCode } from '../wire/api-error.js';
import type { ChatReply, SupportState } from '../wire/chat-reply.js';
import type { ChatBody, ChatClient } from '../api/chat-client.js';
import { lazy } from '../async/lazy.js';
import { classifyError } from '../failures/classify-error.js';
import { isRetryableFailure } from '../failures/failure-reasons.js';
import type { Thread } from './thread.js';
import { INCOMPLETE, INTERRUPTED, replyIdOf, type ThreadMessage } from './thread-message.js';

const loadSupportNotes = lazy(() => import('./support-notes.js'));

export interface ChatPlan {
  agentId: string;
  client: ChatClient;
  body: ChatFields;
}

/** The fields of every message's body. */
export type ChatFields = Omit<ChatBody, 'message' | 'sessionId'>;

/** Sends messages with what the agent is told besides them. */
export interface MessageContext {
  /** `post` sends the message with these fields, under this key or its own. */
  send(
    message: ThreadMessage,
    body: ChatFields,
    post: (fields: ChatFields, key?: string) => Promise<ChatReply>,
  ): Promise<ChatReply>;
}

export interface ChatListener {
  /** Called when a message is complete: the visitor's once it was sent, the agent's once the whole reply is there. */
  onMessage(message: ThreadMessage): void;
  onBusy(busy: boolean): void;
  onError(error: unknown): void;
  /** What the agent is told besides the messages; `null` for nothing. Never rejects. */
  context?(): Promise<MessageContext | null>;
}

/** The failure reason of a message whose reply the visitor stopped before any of it came. */
const STOPPED = 'stopped';
/** Errors after which the API would refuse the same message again, with the failure reason that the message gets. */
const REFUSALS: Partial<Record<ApiErrorCode, string>> = { 'bad-request': 'refused', 'too-large': 'too-long' };

/**
 * Sends typed messages one after the other, so that replies come in the order of the questions, and writes both into the thread.
 * A message that cannot be sent stays there as `failed`, and so does the part of a reply that broke off; `retry` sends the
 * message again with the same idempotency key. When sending may work later, the messages behind it wait with it, so that the
 * order stays; so they do while the browser is offline. Where no idempotency key reaches the server, a message that may have
 * arrived is sent again only when the visitor asks for it.
 */
export class ChatSession {
  readonly #thread: Thread;
  readonly #plan: () => ChatPlan;
  readonly #listener: ChatListener;
  readonly #isOnline: () => boolean;
  readonly #abort = new AbortController();
  #queue: string[] = [];
  /** Messages that may have arrived and are sent again without the visitor asking for it. */
  readonly #unasked = new Set<string>();
  #sending = false;
  #reply = new AbortController();
  #isWithPerson = false;

  constructor(
    thread: Thread,
    plan: () => ChatPlan,
    listener: ChatListener,
    isOnline: () => boolean = () => globalThis.navigator?.onLine !== false,
  ) {
    this.#thread = thread;
    this.#plan = plan;
    this.#listener = listener;
    this.#isOnline = isOnline;
  }

  get busy(): boolean {
    return this.#sending;
  }

  /** Whether a reply is expected soon: false while a person answers, who does so when there is time. */
  get awaitsAgent(): boolean {
    return this.#sending && !this.#isWithPerson;
  }

  /** Adds a typed message and sends it, behind the failed messages that wait; those are sent again first. */
  send(text: string): void {
    const waiting = this.#waiting();
    this.#enqueue([...waiting.map(({ id }) => id), this.#thread.addTyped(text).id]);
  }

  /**
   * Sends a failed message again, given its id or that of its broken reply, and the messages that wait behind it. Any other id
   * does nothing.
   */
  retry(id: string): void {
    const { messages } = this.#thread;
    const index = messages.findIndex(
      (each) => each.role === 'user' && (each.id === id || replyIdOf(each.id) === id),
    );
    const message = messages[index];
    if (message?.status !== 'failed') return;
    const behind = this.#waiting(index + 1);
    this.#enqueue([message.id, ...behind.map((each) => each.id)], message.id);
  }

  /** The browser is online again: sends the messages that waited for it. */
  resume(): void {
    if (this.#waiting().some(({ reason }) => reason === 'offline'))
      this.#enqueue(this.#waiting().map(({ id }) => id));
  }

  /** Ends the reply that is under way. The text so far stays; a message without any reply text can be sent again. */
  stop(): void {
    this.#reply.abort();
  }

  dispose(): void {
    this.#abort.abort();
    this.#reply.abort();
    this.#queue = [];
  }

  /** The failed messages that may be sent later, in their order. */
  #waiting(from = 0): ThreadMessage[] {
    return this.#thread.messages.filter(
      ({ role, status, reason }, index) =>
        index >= from && role === 'user' && status === 'failed' && this.#mayGoLater(reason),
    );
  }

  #mayGoLater(reason: string | undefined): boolean {
    // A message that waits for the network has never left the browser.
    if (reason === 'offline') return true;
    return this.#plan().client.canRepeat && (reason === INTERRUPTED || isRetryableFailure(reason));
  }

  #enqueue(ids: readonly string[], asked?: string): void {
    for (const id of ids) {
      const message = this.#thread.find(id);
      if (message?.status === 'sending') continue;
      if (id === asked || message?.reason === 'offline') this.#unasked.delete(id);
      else this.#unasked.add(id);
      this.#thread.patch(id, { status: 'sending', reason: undefined });
      this.#turnReply(id, 'failed', 'arriving');
    }
    this.#queue.push(...ids);
    if (!this.#sending) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#sending = true;
    this.#listener.onBusy(true);
    for (let id = this.#queue.shift(); id !== undefined; id = this.#queue.shift()) {
      const message = this.#thread.find(id);
      const obstacle = message?.status === 'sending' ? await this.#deliver(message) : null;
      if (obstacle !== null) this.#holdBack(obstacle);
    }
    this.#sending = false;
    this.#listener.onBusy(false);
  }

  /** Marks the messages behind one that could not be sent as failed, for the same reason. */
  #holdBack(reason: string): void {
    for (const id of this.#queue) this.#markFailed(id, reason);
    this.#queue = [];
  }

  /** Changes the status of a partial reply together with that of its question. */
  #turnReply(id: string, from: ThreadMessage['status'], to: ThreadMessage['status']): void {
    const reply = this.#thread.find(replyIdOf(id));
    if (reply?.status !== from) return;
    this.#thread.put({ ...reply, status: to, reason: to === 'failed' ? INCOMPLETE : undefined });
  }

  #markFailed(id: string, reason: string): void {
    this.#thread.patch(id, { status: 'failed', reason });
    this.#turnReply(id, 'arriving', 'failed');
  }

  /**
   * Sends one message. Resolves with the reason why this message and those behind it must wait; `null` when the next may be sent.
   */
  async #deliver(message: ThreadMessage): Promise<string | null> {
    if (this.#abort.signal.aborted) return null;
    if (!this.#isOnline()) return this.#fail(message, 'offline');
    this.#reply = new AbortController();
    const { signal } = this.#reply;
    const replyId = replyIdOf(message.id);
    try {
      const reply = await this.#ask(message, replyId, signal);
      if (this.#abort.signal.aborted || !this.#thread.find(message.id)) return null;
      if (reply.sessionId !== null) this.#thread.sessionId = reply.sessionId;
      this.#confirm(message);
      if (reply.text !== '' || reply.choices) this.#finishReply(replyId, reply.text, reply.choices);
      else this.#thread.remove(replyId);
      this.#isWithPerson = reply.mode === 'support';
      if (reply.mode ?? reply.helpRequested) await this.#noteSupport(message.id, reply);
      return null;
    } catch (error) {
      if (this.#abort.signal.aborted) return null;
      if (this.#reply.signal.aborted) return this.#onStopped(message, replyId);
      this.#listener.onError(error);
      const refusal = error instanceof ApiError ? REFUSALS[error.code] : undefined;
      return this.#fail(message, refusal ?? this.#reasonOf(error));
    }
  }

  async #ask(message: ThreadMessage, replyId: string, signal: AbortSignal): Promise<ChatReply> {
    const { id, text, idempotencyKey } = message;
    const { agentId, client, body } = this.#plan();
    const context = await this.#listener.context?.();
    signal.throwIfAborted();
    const { sessionId } = this.#thread;
    const post = (fields: ChatFields, key = idempotencyKey): Promise<ChatReply> =>
      client.chat(
        agentId,
        { ...fields, message: text, ...(sessionId === null ? {} : { sessionId }) },
        {
          signal,
          idempotencyKey: key,
          onlyWithKey: this.#unasked.has(id),
          onText: (piece) => this.#grow(id, replyId, piece),
        },
      );
    return context ? context.send(message, body, post) : post(body);
  }

  #fail({ id }: ThreadMessage, reason: string): string | null {
    this.#markFailed(id, reason);
    return this.#mayGoLater(reason) ? reason : null;
  }

  /** `offline` is only for a message that has not left. One that may have arrived and cannot be repeated gets `timeout`. */
  #reasonOf(error: unknown): string {
    const reason = classifyError(error) ?? 'unknown';
    return reason === 'offline' && !this.#plan().client.canRepeat ? 'timeout' : reason;
  }

  #onStopped(message: ThreadMessage, replyId: string): string | null {
    const partial = this.#thread.find(replyId);
    if (!partial) return this.#fail(message, STOPPED);
    this.#confirm(message);
    this.#finishReply(replyId, partial.text);
    return null;
  }

  #confirm(message: ThreadMessage): void {
    this.#thread.patch(message.id, { status: 'sent', reason: undefined });
    this.#listener.onMessage({ ...message, status: 'sent' });
  }

  #finishReply(id: string, text: string, choices?: ThreadMessage['choices']): void {
    this.#put(id, text, 'sent', choices);
    const reply = this.#thread.find(id);
    if (reply) this.#listener.onMessage(reply);
  }

  /** Loaded late: few platforms have people who answer. */
  async #noteSupport(messageId: string, support: SupportState): Promise<void> {
    try {
      (await loadSupportNotes()).noteSupport(this.#thread, messageId, support);
    } catch (error) {
      this.#listener.onError(error);
    }
  }

  #grow(messageId: string, id: string, text: string): void {
    if (this.#abort.signal.aborted || this.#reply.signal.aborted || !this.#thread.find(messageId)) return;
    this.#put(id, text, 'arriving');
  }

  #put(id: string, text: string, status: ThreadMessage['status'], choices?: ThreadMessage['choices']): void {
    const at = this.#thread.find(id)?.at ?? this.#thread.now();
    this.#thread.put({ id, role: 'agent', text, channel: 'chat', status, at, choices });
  }
}
