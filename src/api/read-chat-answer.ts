import { ChatAnswerReader, tooLong } from '../wire/chat-answer.js';
import type { ChatEvent, ChatReply, SupportState } from '../wire/chat-reply.js';

/** The largest stream that is read, in bytes: field names, heartbeats and comments may be many times as long as the text. */
const LARGEST_STREAM = 32 * 1024 * 1024;

export interface ReadChatAnswerOptions {
  /** Called for every piece of the body that arrives. */
  onPiece: () => void;
  /** Called with the whole text so far when a piece has added some. */
  onText?: ((textSoFar: string) => void) | undefined;
}

/**
 * Reads the reply from the answer to a chat message; see `ChatAnswerReader` for its forms. Status 204 or 205 is an empty reply:
 * the message has arrived, and there is no answer to it. A stream that breaks off is a network error.
 *
 * @throws {ApiError} `network`, `server-error` or `invalid-response`. The text before the failure was passed to `onText`.
 */
export async function readChatAnswer(response: Response, options: ReadChatAnswerOptions): Promise<ChatReply> {
  const { status } = response;
  if (status === 204 || status === 205) return { text: '', sessionId: null };
  const reader = new ChatAnswerReader({ status, contentType: response.headers.get('content-type') });
  const reply = new GrowingReply();
  /** Calls `onText` once for all events of a piece: one call for each would cost more the longer the text grows. */
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
  /** Who answers, and the answers to tap. */
  #more: SupportState & Pick<ChatReply, 'choices'> = {};

  get reply(): ChatReply {
    return { text: this.#text, sessionId: this.#sessionId, ...this.#more };
  }

  /** Adds the events to the reply. Returns true when the reply is complete. */
  take(events: Iterable<ChatEvent>): boolean {
    for (const { delta, done, sessionId, ...more } of events) {
      this.#text += delta;
      this.#sessionId = sessionId ?? this.#sessionId;
      this.#more = { ...this.#more, ...more };
      if (done) return true;
    }
    return false;
  }

  tell(onText: ReadChatAnswerOptions['onText']): void {
    if (this.#text !== this.#told) onText?.(this.#text);
    this.#told = this.#text;
  }
}

/** The text of a body, piece by piece as it arrives. */
async function* piecesOf(
  body: ReadableStream<Uint8Array> | null,
  onPiece: () => void,
): AsyncGenerator<string> {
  if (!body) return;
  const reader = body.getReader();
  // Also removes a byte order mark.
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
