import { ChatAnswerReader, tooLong } from '../wire/chat-answer.js';
import type { ChatEvent, ChatReply, SupportState } from '../wire/chat-reply.js';

/** Of a whole stream, in bytes: what wraps each word, heartbeats and comments may be a multiple of the words. */
const LARGEST_STREAM = 32 * 1024 * 1024;

export interface ReadChatAnswerOptions {
  /** Called for every piece that arrives. */
  onPiece: () => void;
  /** Called with the whole text so far when a piece has brought some. */
  onText?: ((textSoFar: string) => void) | undefined;
}

/**
 * The reply in an answer to a chat message; see `ChatAnswerReader` for what that may be. "No content" is an answer too: the
 * message has arrived, and nothing is said to it. Cut off, a stream is a network error.
 *
 * @throws {ApiError} `network`, `server-error` or `invalid-response`. What came before it was told to `onText`.
 */
export async function readChatAnswer(response: Response, options: ReadChatAnswerOptions): Promise<ChatReply> {
  const { status } = response;
  if (status === 204 || status === 205) return { text: '', sessionId: null };
  const reader = new ChatAnswerReader({ status, contentType: response.headers.get('content-type') });
  const reply = new GrowingReply();
  /** Tells once for all events of a piece: telling of each would cost the more the longer the text is. */
  const isWhole = (events: Iterable<ChatEvent>): boolean => {
    try {
      return reply.take(events);
    } finally {
      if (reader.isStream) reply.tell(options.onText);
    }
  };
  for await (const piece of piecesOf(response.body, options.onPiece)) {
    if (isWhole(reader.read(piece))) return reply.reply;
  }
  isWhole(reader.end());
  return reply.reply;
}

class GrowingReply {
  #text = '';
  #told = '';
  #sessionId: string | null = null;
  #support: SupportState = {};

  get reply(): ChatReply {
    return { text: this.#text, sessionId: this.#sessionId, ...this.#support };
  }

  /** True: nothing more is to come. */
  take(events: Iterable<ChatEvent>): boolean {
    for (const { delta, done, sessionId, ...support } of events) {
      this.#text += delta;
      this.#sessionId = sessionId ?? this.#sessionId;
      this.#support = { ...this.#support, ...support };
      if (done) return true;
    }
    return false;
  }

  tell(onText: ReadChatAnswerOptions['onText']): void {
    if (this.#text !== this.#told) onText?.(this.#text);
    this.#told = this.#text;
  }
}

/** The text of a body, as it comes. */
async function* piecesOf(
  body: ReadableStream<Uint8Array> | null,
  onPiece: () => void,
): AsyncGenerator<string> {
  if (!body) return;
  const reader = body.getReader();
  // Takes a byte order mark away.
  const decoder = new TextDecoder();
  try {
    for (let bytes = 0; ;) {
      const { done, value } = await reader.read();
      if (done) break;
      onPiece();
      bytes += value.byteLength;
      if (bytes > LARGEST_STREAM) throw tooLong();
      yield decoder.decode(value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
