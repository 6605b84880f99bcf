import type {
  AudioTotals,
  ConnectOptions,
  TransportEvent,
  TransportLoader,
  VoiceTransport,
} from '../../src/voice/transport.js';

/** A transport under the test's hand: it connects at once and says what it is told to say. */
export class FakeTransport implements VoiceTransport {
  totals: AudioTotals = { agentEnergy: 0, agentPackets: 0, callerEnergy: 0, callerPackets: 0 };
  muted = false;
  sent: string[] = [];
  disconnected = 0;
  playbackStarted = 0;
  microphone: MediaStreamTrack | null = null;
  #emit: ConnectOptions['onEvent'] = () => undefined;

  get loader(): TransportLoader {
    return { name: 'fake', accepts: () => true, load: () => Promise.resolve(() => this) };
  }

  say(event: TransportEvent): void {
    this.#emit(event);
  }

  connect({ microphone, onEvent }: ConnectOptions): Promise<void> {
    this.microphone = microphone;
    this.#emit = onEvent;
    return Promise.resolve();
  }

  setMuted(muted: boolean): Promise<void> {
    this.muted = muted;
    return Promise.resolve();
  }

  replaceMicrophone(track: MediaStreamTrack): Promise<void> {
    this.microphone = track;
    return Promise.resolve();
  }

  setSpeaker(): Promise<void> {
    return Promise.resolve();
  }

  setVolume(): void {}

  sendText(text: string): Promise<void> {
    this.sent.push(text);
    return Promise.resolve();
  }

  startPlayback(): Promise<void> {
    this.playbackStarted++;
    this.say({ type: 'playback', blocked: false });
    return Promise.resolve();
  }

  audioTotals(): Promise<AudioTotals> {
    return Promise.resolve(this.totals);
  }

  disconnect(): Promise<void> {
    this.disconnected++;
    return Promise.resolve();
  }
}
