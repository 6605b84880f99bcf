import { inflateRawSync } from 'node:zlib';
import { type DataPacket, DataStream_CompressionType, type DataStream_Header } from '@livekit/protocol';

interface OpenStream {
  topic: string;
  isDeflated: boolean;
  parts: Uint8Array[];
  size: number;
}

const mostStreams = 16;
const largestTextBytes = 64 * 1024;

/** Puts the text streams of a caller together: header, chunks, trailer; or all in one header (data streams v2). */
export class IncomingText {
  readonly #streams = new Map<string, OpenStream>();

  constructor(private readonly onText: (topic: string, text: string) => void) {}

  receive({ value }: DataPacket): void {
    switch (value.case) {
      case 'streamHeader':
        return this.#open(value.value);
      case 'streamChunk':
        return this.#add(value.value.streamId, value.value.content);
      case 'streamTrailer':
        return this.#finish(value.value.streamId);
      default:
    }
  }

  #open(header: DataStream_Header): void {
    if (header.contentHeader.case !== 'textHeader' || this.#streams.size >= mostStreams) return;
    const isDeflated = header.compression === DataStream_CompressionType.DEFLATE_RAW;
    this.#streams.set(header.streamId, { topic: header.topic, isDeflated, parts: [], size: 0 });
    if (header.inlineContent === undefined) return;
    this.#add(header.streamId, header.inlineContent);
    this.#finish(header.streamId);
  }

  #add(streamId: string, content: Uint8Array): void {
    const stream = this.#streams.get(streamId);
    if (!stream) return;
    stream.size += content.byteLength;
    if (stream.size > largestTextBytes) this.#streams.delete(streamId);
    else stream.parts.push(content);
  }

  #finish(streamId: string): void {
    const stream = this.#streams.get(streamId);
    if (!stream) return;
    this.#streams.delete(streamId);
    const bytes = Buffer.concat(stream.parts);
    const text = stream.isDeflated ? inflateRawSync(bytes, { maxOutputLength: largestTextBytes }) : bytes;
    this.onText(stream.topic, text.toString('utf8'));
  }
}
