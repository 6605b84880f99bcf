import type { OpenMicrophoneOptions } from './microphone.js';

export type OpenMicrophone = (options: OpenMicrophoneOptions) => Promise<MediaStreamTrack>;

export interface MicrophoneLineListener {
  /** Another device takes over: its track must be sent from now on. Rejects when the link does not take it. */
  onReplace(track: MediaStreamTrack): Promise<void>;
  /** The device vanished, and this one took its place. */
  onFellOver(label: string): void;
  /** The device is gone or its permission was revoked, and no other could be had. */
  onLost(error: unknown): void;
}

/** The microphone of one call: its track, whether it is muted, and what becomes of it when the device vanishes. */
export class MicrophoneLine {
  readonly #open: OpenMicrophone;
  readonly #listener: MicrophoneLineListener;
  readonly #released = new AbortController();
  #track: MediaStreamTrack | null = null;
  #muted = false;
  #reopening = false;

  constructor(open: OpenMicrophone, listener: MicrophoneLineListener) {
    this.#open = open;
    this.#listener = listener;
  }

  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  /** Nothing can come from it: ended, or interrupted by the system (a phone call, a hardware switch). */
  get silenced(): boolean {
    return this.#track !== null && (this.#track.readyState === 'ended' || this.#track.muted);
  }

  /** @throws {VoiceError} */
  async open(signal: AbortSignal, deviceId?: string): Promise<MediaStreamTrack> {
    const track = await this.#open({ signal, deviceId });
    if (signal.aborted || this.#released.signal.aborted) {
      track.stop();
      signal.throwIfAborted();
    }
    this.#hold(track);
    return track;
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    if (this.#track) this.#track.enabled = !muted;
  }

  /** Goes on with another device. Rejects, and keeps the present one, when it cannot be opened or sent. @throws {VoiceError} */
  async use(deviceId: string | undefined): Promise<MediaStreamTrack> {
    const { signal } = this.#released;
    const track = await this.#open({ signal, deviceId });
    const stop = (): void => track.stop();
    // Until it is the one in use, its way out is this.
    signal.addEventListener('abort', stop);
    try {
      signal.throwIfAborted();
      track.enabled = !this.#muted;
      await this.#listener.onReplace(track);
      signal.throwIfAborted();
    } catch (error) {
      stop();
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
    const before = this.#track;
    this.#hold(track);
    before?.stop();
    return track;
  }

  /** Switches the microphone off for good. */
  release(): void {
    this.#released.abort();
    this.#track?.stop();
  }

  #hold(track: MediaStreamTrack): void {
    this.#track = track;
    // A link may have switched it on or off while taking it.
    track.enabled = !this.#muted;
    // `stop()` of our own fires no event: this is the device or the visitor's settings.
    track.addEventListener('ended', () => void this.#reopen(track), { signal: this.#released.signal });
  }

  async #reopen(ended: MediaStreamTrack): Promise<void> {
    if (ended !== this.#track || this.#reopening) return;
    this.#reopening = true;
    try {
      this.#listener.onFellOver((await this.use(undefined)).label);
    } catch (error) {
      if (!this.#released.signal.aborted) this.#listener.onLost(error);
    } finally {
      this.#reopening = false;
    }
  }
}
