import type { DataPacket } from '@livekit/protocol';
import { firstWordsTopic } from './topics.js';

const largestBytes = 1024 * 1024;

/**
 * What a caller said before the agent heard their track, in a byte stream of its own. As LiveKit's agents for Python do it
 * (`voice/room_io/_pre_connect_audio.py`), nothing but Opus is read.
 */
export class IncomingSound {
  readonly #streams = new Map<string, Uint8Array[]>();

  constructor(private readonly onSound: (sound: Uint8Array) => void) {}

  receive({ value }: DataPacket): void {
    if (value.case === 'streamHeader') {
      const { contentHeader, topic, mimeType, streamId, attributes } = value.value;
      const isRead =
        contentHeader.case === 'byteHeader' &&
        topic === firstWordsTopic &&
        mimeType.includes('codecs=opus') &&
        ['trackId', 'sampleRate', 'channels'].every((name) => attributes[name]);
      if (isRead) this.#streams.set(streamId, []);
    } else if (value.case === 'streamChunk') {
      const parts = this.#streams.get(value.value.streamId);
      parts?.push(value.value.content);
      const size = parts?.reduce((sum, { byteLength }) => sum + byteLength, 0) ?? 0;
      if (size > largestBytes) this.#streams.delete(value.value.streamId);
    } else if (value.case === 'streamTrailer') {
      const parts = this.#streams.get(value.value.streamId);
      this.#streams.delete(value.value.streamId);
      if (parts) this.onSound(Buffer.concat(parts));
    }
  }
}
