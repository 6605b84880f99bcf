import {
  AudioFrame,
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

const sampleRate = 48_000;
const frameSamples = sampleRate / 50;

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
  readonly #source = new AudioSource(sampleRate, 1, 100);
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
    void this.#sendSound();
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
    for await (const frame of new AudioStream(track, sampleRate)) {
      for (const sample of frame.data) this.loudest = Math.max(this.loudest, Math.abs(sample) / 32_768);
    }
  }

  async #sendSound(): Promise<void> {
    for (let sent = 0; !this.#left; sent += 1) {
      const frame = AudioFrame.create(sampleRate, 1, frameSamples);
      for (let i = 0; i < frameSamples; i += 1) {
        const seconds = (sent * frameSamples + i) / sampleRate;
        frame.data[i] = Math.round(Math.sin(2 * Math.PI * 440 * seconds) * 32_000 * this.tone);
      }
      try {
        await this.#source.captureFrame(frame);
      } catch {
        return;
      }
    }
  }
}
