import { AudioSource, LocalAudioTrack, Room, TrackPublishOptions, TrackSource } from '@livekit/rtc-node';
import type { ServerAddress } from '../../demo/backend/livekit-server/server-address.js';
import { participantGrant, signToken } from '../../demo/backend/livekit/token.js';
import { hum, SAMPLE_RATE } from './hum.js';

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
    void hum(this.#source, () => 0.28);
  }

  async leave(): Promise<void> {
    if (this.#left) return;
    this.#left = true;
    await this.room.disconnect();
    await this.#source.close();
  }
}
