import type { TransportEvent } from '../transport.js';

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
  #raw = '';
  #shown = '';

  constructor(stream: IncomingStream, speaker: Speaker) {
    this.#stream = stream;
    this.#speaker = speaker;
    this.#id = stream.attributes()?.[SEGMENT_ATTRIBUTE] ?? stream.id;
  }

  add(piece: string): TransportEvent[] {
    if (this.#raw.length + piece.length > MAX_TEXT) return [];
    this.#raw += piece;
    const text = plainWords(this.#raw);
    if (text === this.#shown) return [];
    this.#shown = text;
    return [this.#event(false)];
  }

  /** `broken`: with the link, and not by the sender. */
  close(broken = false): TransportEvent[] {
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

/** With `json_format`, each line is an object with a piece of the text and its times; a line that is still coming is not shown. */
function plainWords(raw: string): string {
  if (!raw.startsWith('{"')) return raw;
  const words: string[] = [];
  for (const line of raw.split('\n')) {
    if (line === '') continue;
    const text = textOfLine(line);
    if (text === null) return words.length > 0 || couldBeJson(raw) ? words.join('') : raw;
    words.push(text);
  }
  return words.join('');
}

function textOfLine(line: string): string | null {
  try {
    const { text } = JSON.parse(line) as { text?: unknown };
    return typeof text === 'string' ? text : null;
  } catch {
    return null;
  }
}

/** The first line may have come in part only. */
function couldBeJson(raw: string): boolean {
  return !raw.includes('\n') && /^\{"(?:text|start_time|end_time|confidence|start_time_offset)"/.test(raw);
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

  streamCame(): void {
    this.#areNeeded = false;
  }

  read(segments: readonly OldSegment[], { role, name }: Speaker): TransportEvent[] {
    if (!this.#areNeeded) return [];
    return segments.flatMap(({ id, text, final }): TransportEvent[] =>
      text === '' || text.length > MAX_TEXT
        ? []
        : [{ type: 'transcript', entry: { id, role, text, final, ...(name !== undefined && { name }) } }],
    );
  }
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
