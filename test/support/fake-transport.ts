import type {
  AudioTotals,
  ConnectOptions,
  TransportEvent,
  TransportLoader,
  VoiceTransport,
} from '../../src/voice/transport.js';
import type { Deferred } from './deferred.js';

/** A transport that does what the test says. It connects at once, unless `connecting` is set. */
export class FakeTransport implements VoiceTransport {
  connecting: Deferred<void> | null = null;
  totals: AudioTotals = { agentEnergy: 0, agentPackets: 0, callerEnergy: 0, callerPackets: 0 };
  connects = 0;
  disconnects = 0;
  playbackStarts = 0;
  mutings: boolean[] = [];
  texts: string[] = [];
  /** The one that is sent now. */
  microphone: MediaStreamTrack | null = null;
  /** Those that took the place of the first. */
  microphones: MediaStreamTrack[] = [];
  speakers: string[] = [];
  volumes: number[] = [];
  #options: ConnectOptions | null = null;

  get loader(): TransportLoader {
    return { name: 'fake', accepts: () => true, load: () => Promise.resolve(() => this) };
  }

  get signal(): AbortSignal | undefined {
    return this.#options?.signal;
  }

  get muted(): boolean {
    return this.mutings.at(-1) ?? false;
  }

  emit(event: TransportEvent): void {
    this.#options?.onEvent(event);
  }

  /** From now on both sides were heard, or only those that are named. */
  hear(heard: { agent?: boolean; caller?: boolean } = { agent: true, caller: true }): void {
    this.totals = { ...this.totals, agentEnergy: heard.agent ? 1 : 0, callerEnergy: heard.caller ? 1 : 0 };
  }

  /** As the agent calls a tool of the page. */
  callTool(name: string, args: unknown, waitsMs?: number): Promise<string> {
    if (!this.#options) throw new Error('This transport is not connected');
    const answer = this.#options.onToolCall(name, args, waitsMs);
    // The agent may be refused while the test still presses what refuses it: that is no unhandled rejection.
    answer.catch(() => {});
    return answer;
  }

  /** The names of the tools that the agent can find. */
  get toolNames(): string[] {
    return [...(this.#options?.toolNames?.() ?? [])];
  }

  async connect(options: ConnectOptions): Promise<void> {
    this.connects++;
    this.#options = options;
    this.microphone = options.microphone;
    await this.connecting?.promise;
  }

  async setMuted(muted: boolean): Promise<void> {
    this.mutings.push(muted);
  }

  async replaceMicrophone(track: MediaStreamTrack): Promise<void> {
    this.microphone = track;
    this.microphones.push(track);
  }

  async setSpeaker(deviceId: string): Promise<void> {
    this.speakers.push(deviceId);
  }

  setVolume(volume: number): void {
    this.volumes.push(volume);
  }

  async sendText(text: string): Promise<void> {
    this.texts.push(text);
  }

  /** What it answers; without it, this transport cannot be told anything. */
  sendContext?: (context: string) => Promise<boolean>;

  async startPlayback(): Promise<void> {
    this.playbackStarts++;
    this.emit({ type: 'playback', blocked: false });
  }

  async audioTotals(): Promise<AudioTotals> {
    return this.totals;
  }

  async disconnect(): Promise<void> {
    this.disconnects++;
  }
}
