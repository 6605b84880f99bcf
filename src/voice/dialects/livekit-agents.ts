import type { TransportEvent } from '../transport.js';
import { TimedWords } from './timed-words.js';

/**
 * What LiveKit Agents says in a room (1.x, Python and Node, and 0.x): text streams, participant attributes and data packets.
 * https://docs.livekit.io/agents/build/text/
 */
export const AGENT_STATE_ATTRIBUTE = 'lk.agent.state';
export const TRANSCRIPTION_TOPIC = 'lk.transcription';
export const CHAT_TOPIC = 'lk.chat';
/** Of `ChatMessage` in `@livekit/components`, before there were text streams. */
export const OLD_CHAT_TOPIC = 'lk-chat-topic';
export const ON_BEHALF_ATTRIBUTE = 'lk.publish_on_behalf';

const SEGMENT_ATTRIBUTE = 'lk.segment_id';
const FINAL_ATTRIBUTE = 'lk.transcription_final';

/** Longer words are nobody's. */
const MAX_TEXT = 64 * 1024;

/** Whose words they are. */
export interface Speaker {
  role: 'user' | 'agent';
  /** Of a person who is not the agent. */
  name?: string | undefined;
}

/** One text stream, as it comes. `attributes` is read anew at the end: a trailer may have changed it. */
export interface IncomingStream {
  id: string;
  attributes: () => Record<string, string> | undefined;
}

/**
 * Reads one stream of `lk.transcription`. An agent's line is one growing stream, final when it closes: the Python engine says
 * so in the trailer, and Node's cannot. What the visitor says comes as a new stream each time, whose attribute decides.
 */
export class TranscriptReader {
  readonly #stream: IncomingStream;
  readonly #speaker: Speaker;
  readonly #id: string;
  readonly #words = new TimedWords();
  #shown = '';

  /** `old`: whose packets may have shown the line already. */
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

  /** `broken`: with the link, and not by the sender. */
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

/** One segment of a `Transcription` packet: what 0.x sends alone, and 1.x beside the streams. */
export interface OldSegment {
  id: string;
  text: string;
  final: boolean;
}

/** Reads the old packets until the first stream has come: then they say everything a second time. */
export class OldTranscripts {
  #areNeeded = true;
  /** The line that each speaker is at, of whom no stream has come. */
  readonly #lines = new Map<string, string>();
  /** Segments of streams whose line was begun by packets: Node's engine gives the two different ids. */
  readonly #begun = new Map<string, string>();

  /** The id under which the words of this segment are shown. */
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

/** A text message of the old chat packet. */
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
