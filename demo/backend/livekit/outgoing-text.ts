import {
  type DataPacket,
  DataStream_Chunk,
  DataStream_Header,
  DataStream_TextHeader,
  DataStream_Trailer,
} from '@livekit/protocol';
import { newSid } from './new-sid.js';

type PacketValue = DataPacket['value'];

/** A text stream on its way to the caller: pieces go out as they are written. */
export class OutgoingText {
  readonly #streamId = newSid('ST_');
  #chunks = 0n;

  constructor(
    private readonly send: (value: PacketValue) => void,
    topic: string,
    attributes: Record<string, string>,
  ) {
    const header = new DataStream_Header({
      streamId: this.#streamId,
      timestamp: BigInt(Date.now()),
      topic,
      mimeType: 'text/plain',
      attributes,
      contentHeader: { case: 'textHeader', value: new DataStream_TextHeader() },
    });
    send({ case: 'streamHeader', value: header });
  }

  write(piece: string): void {
    const value = new DataStream_Chunk({
      streamId: this.#streamId,
      chunkIndex: this.#chunks,
      content: Buffer.from(piece),
    });
    this.#chunks += 1n;
    this.send({ case: 'streamChunk', value });
  }

  /** `attributes` replace those of the header, when the receiver reads them at the end. */
  close(attributes: Record<string, string> = {}): void {
    this.send({
      case: 'streamTrailer',
      value: new DataStream_Trailer({ streamId: this.#streamId, attributes }),
    });
  }
}
