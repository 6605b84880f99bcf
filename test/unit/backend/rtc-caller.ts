import {
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  type RemoteTrack,
  Room,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { onTestFinished } from 'vitest';
import { hum, SAMPLE_RATE } from '../../support/hum.js';

export interface HeardLine {
  from: string;
  text: string;
  attributes: Record<string, string>;
}

/** A caller without a browser: LiveKit's own SDK, with a tone for a voice. Leaves when its test is over. */
export class RtcCaller {
  readonly room = new Room();
  readonly lines: HeardLine[] = [];
  readonly states: string[] = [];
  readonly data: { topic: string | undefined; value: unknown }[] = [];
  readonly events: string[] = [];
  /** The loudest that was heard of the agent, 0 to 1. */
  loudest = 0;
  tone = 0;
  readonly #source = new AudioSource(SAMPLE_RATE, 1, 100);
  #left = false;

  static async join({
    serverUrl,
    participantToken,
  }: {
    serverUrl: string;
    participantToken: string;
  }): Promise<RtcCaller> {
    const caller = new RtcCaller();
    onTestFinished(() => caller.leave());
    caller.#listen();
    await caller.room.connect(serverUrl, participantToken, { autoSubscribe: true, dynacast: false });
    return caller;
  }

  /** Publishes the microphone; `tone` (0 to 1) is how loud the caller is. */
  async speak(tone: number): Promise<void> {
    this.tone = tone;
    const track = LocalAudioTrack.createAudioTrack('microphone', this.#source);
    await this.room.localParticipant?.publishTrack(
      track,
      new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }),
    );
    void hum(this.#source, () => this.tone);
  }

  async leave(): Promise<void> {
    if (this.#left) return;
    this.#left = true;
    await this.room.disconnect();
    await this.#source.close();
  }

  #listen(): void {
    const { room } = this;
    room.registerTextStreamHandler('lk.transcription', (reader, { identity }) => {
      const line: HeardLine = { from: identity, text: '', attributes: reader.info.attributes ?? {} };
      this.lines.push(line);
      void (async () => {
        for await (const piece of reader) line.text += piece;
      })().catch(() => this.events.push('transcript broken off'));
    });
    for (const event of [
      RoomEvent.ParticipantConnected,
      RoomEvent.ParticipantDisconnected,
      RoomEvent.Disconnected,
    ]) {
      room.on(event, () => this.events.push(event));
    }
    room.on(RoomEvent.ParticipantAttributesChanged, (changed) =>
      this.states.push(changed['lk.agent.state'] ?? ''),
    );
    room.on(RoomEvent.DataReceived, (payload, _from, _kind, topic) =>
      this.data.push({ topic, value: JSON.parse(Buffer.from(payload).toString()) }),
    );
    room.on(RoomEvent.TrackSubscribed, (track) => {
      this.events.push('trackSubscribed');
      // A track that is gone again cannot be listened to.
      if (track.kind === TrackKind.KIND_AUDIO) this.#hear(track).catch(() => {});
    });
  }

  async #hear(track: RemoteTrack): Promise<void> {
    for await (const frame of new AudioStream(track, SAMPLE_RATE)) {
      for (const sample of frame.data) this.loudest = Math.max(this.loudest, Math.abs(sample) / 32_768);
    }
  }
}
