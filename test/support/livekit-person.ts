import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  Room,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import type { ServerAddress } from '../../demo/backend/livekit-server/server-address.js';
import { participantGrant, signToken } from '../../demo/backend/livekit/token.js';

const SAMPLE_RATE = 48_000;
const FRAME = SAMPLE_RATE / 50;

/** A person in a room with a tone for a voice, by LiveKit's own SDK. */
export class LivekitPerson {
  readonly room = new Room();
  readonly texts: string[] = [];
  readonly #source = new AudioSource(SAMPLE_RATE, 1, 100);
  #left = false;

  async join(roomName: string, name: string, server: ServerAddress): Promise<void> {
    const claims = { identity: `person_${name}`, name, video: participantGrant(roomName) };
    this.room.registerTextStreamHandler('lk.chat', (reader) => {
      void reader.readAll().then((text) => this.texts.push(text));
    });
    await this.room.connect(server.socketUrl, signToken(claims, server), {
      autoSubscribe: true,
      dynacast: false,
    });
    const track = LocalAudioTrack.createAudioTrack('voice', this.#source);
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
    await this.room.localParticipant?.publishTrack(track, options);
    void this.#hum();
  }

  async leave(): Promise<void> {
    if (this.#left) return;
    this.#left = true;
    await this.room.disconnect();
    await this.#source.close();
  }

  async #hum(): Promise<void> {
    for (let sent = 0; !this.#left; sent += 1) {
      const frame = AudioFrame.create(SAMPLE_RATE, 1, FRAME);
      for (let i = 0; i < FRAME; i += 1)
        frame.data[i] = Math.round(Math.sin((2 * Math.PI * 440 * (sent * FRAME + i)) / SAMPLE_RATE) * 9_000);
      try {
        await this.#source.captureFrame(frame);
      } catch {
        return;
      }
    }
  }
}
