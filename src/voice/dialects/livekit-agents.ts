import type { TransportEvent } from '../transport.js';
import { TimedWords } from './timed-words.js';

/**
 * The names that LiveKit Agents uses in a room (1.x, Python and Node, and 0.x): text streams, participant attributes and data
 * packets. https://docs.livekit.io/agents/build/text/
 */
export const AGENT_STATE_ATTRIBUTE = 'lk.agent.state';
export const TRANSCRIPTION_TOPIC = 'lk.transcription';
export const CHAT_TOPIC = 'lk.chat';
/** The topic of `ChatMessage` in `@livekit/components`, before there were text streams. */
export const OLD_CHAT_TOPIC = 'lk-chat-topic';
export const ON_BEHALF_ATTRIBUTE = 'lk.publish_on_behalf';

const SEGMENT_ATTRIBUTE = 'lk.segment_id';
const FINAL_ATTRIBUTE = 'lk.transcription_final';

/** The longest text that is read, in characters; no honest sender sends more. */
const MAX_TEXT = 64 * 1024;

/** The participant who said or wrote a text. */
export interface Speaker {
  role: 'user' | 'agent';
  /** The name of a person who is not the agent. */
  name?: string | undefined;
}

/** One text stream while it arrives. `attributes` is read again at the end: a trailer may have changed it. */
export interface IncomingStream {
  id: string;
  attributes: () => Record<string, string> | undefined;
}

/**
 * Reads one stream of `lk.transcription`. An agent's line is one growing stream, final when it closes: the Python engine marks it
 * final in the trailer, Node's engine cannot. The visitor's speech comes as a new stream each time, whose attribute says whether
 * it is final.
 */
export class TranscriptReader {
  readonly #stream: IncomingStream;
  readonly #speaker: Speaker;
  readonly #id: string;
  readonly #words = new TimedWords();
  #shown = '';

  /** `old`: the reader of the packets that may have shown the line already. */
  constructor(stream: IncomingStream, speaker: Speaker, old: OldTranscripts) {
    this.#stream = stream;
    this.#speaker = speaker;
    this.#id = old.streamCame(stream.attributes()?.[SEGMENT_ATTRIBUTE] ?? stream.id, speaker);
  }

  add(piece: string): TransportEvent[] {
    if (this.#words.length + piece.length > MAX_TEXT) return [];
    const text = this.#words.add(piece);
    if (text === this.#shown) return [];
    this.#shown = text;
    return [this.#event(false)];
  }

  /** Ends the line. `broken`: the stream ended with the connection, not by its sender. */
  close(broken = false): TransportEvent[] {
    this.#shown = this.#words.end();
    if (this.#shown === '') return [];
    const said = this.#stream.attributes()?.[FINAL_ATTRIBUTE];
    const isFinal = this.#speaker.role === 'user' ? said !== 'false' : !broken || said === 'true';
    return isFinal ? [this.#event(true)] : [];
  }

  #event(final: boolean): TransportEvent {
    const { role, name } = this.#speaker;
    return {
      type: 'transcript',
      entry: { id: this.#id, role, text: this.#shown, final, ...(name !== undefined && { name }) },
    };
  }
}

/** One segment of a `Transcription` packet, the only form in 0.x, which 1.x sends beside the streams. */
export interface OldSegment {
  id: string;
  text: string;
  final: boolean;
}

/** Reads the old packets until the first stream has come: from then on they repeat what the streams say. */
export class OldTranscripts {
  #areNeeded = true;
  /** The current line of each speaker from whom no stream has come. */
  readonly #lines = new Map<string, string>();
  /**
   * The ids of lines that packets began and streams go on with, by the streams' segment: Node's engine gives the two different
   * ids.
   */
  readonly #begun = new Map<string, string>();

  /** Notes the stream of a segment, and returns the id under which its text is shown. */
  streamCame(segment: string, speaker: Speaker): string {
    this.#areNeeded = false;
    const who = nameOf(speaker);
    const line = this.#lines.get(who);
    this.#lines.delete(who);
    if (line !== undefined) this.#begun.set(segment, line);
    return this.#begun.get(segment) ?? segment;
  }

  read(segments: readonly OldSegment[], speaker: Speaker): TransportEvent[] {
    if (!this.#areNeeded) return [];
    const { role, name } = speaker;
    return segments.flatMap(({ id, text, final }): TransportEvent[] => {
      if (text === '' || text.length > MAX_TEXT) return [];
      this.#lines.set(nameOf(speaker), id);
      return [{ type: 'transcript', entry: { id, role, text, final, ...(name !== undefined && { name }) } }];
    });
  }
}

function nameOf({ role, name = '' }: Speaker): string {
  return `${role} ${name}`;
}

/** Reads a message of the old chat packet; `null` when it is none. */
export function readOldChat(payload: Uint8Array): { id: string; text: string } | null {
  if (payload.byteLength > MAX_TEXT) return null;
  try {
    const { id, message } = JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>;
    return typeof id === 'string' && typeof message === 'string' && message !== ''
      ? { id, text: message }
      : null;
  } catch {
    return null;
  }
}
