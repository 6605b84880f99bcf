import type { OpenMicrophoneOptions } from './microphone.js';

export type OpenMicrophone = (options: OpenMicrophoneOptions) => Promise<MediaStreamTrack>;

export interface MicrophoneTrackListener {
  /** Sends the track of another device from now on. Rejects when the connection does not accept it. */
  onReplace(track: MediaStreamTrack): Promise<void>;
  /** Called when the device vanished, with the label of the device that took its place. */
  onFellOver(label: string): void;
  /** Called when the device is gone or its permission was revoked, and no other could be opened. */
  onLost(error: unknown): void;
}

/** The microphone of one call: its track, whether it is muted, and its replacement when the device vanishes. */
export class MicrophoneTrack {
  readonly #open: OpenMicrophone;
  readonly #listener: MicrophoneTrackListener;
  readonly #released = new AbortController();
  #track: MediaStreamTrack | null = null;
  #muted = false;
  /** A track that is opened, but not sent yet. */
  #coming: MediaStreamTrack | null = null;
  /** The last change. Changes run one after the other, so that the last choice decides, not the device that opens last. */
  #changing: Promise<unknown> | null = null;
  /** The ended track that is being replaced. */
  #ended: MediaStreamTrack | null = null;

  constructor(open: OpenMicrophone, listener: MicrophoneTrackListener) {
    this.#open = open;
    this.#listener = listener;
  }

  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  /**
   * Whether the microphone gives no sound: its track has ended, or the system interrupts it (a phone call, a hardware switch).
   */
  get silenced(): boolean {
    return this.#track !== null && (this.#track.readyState === 'ended' || this.#track.muted);
  }

  /**
   * Opens the microphone; without `deviceId`, the system's default. Rejects with the signal's reason when it aborts.
   *
   * @throws {VoiceError}
   */
  async open(signal: AbortSignal, deviceId?: string): Promise<MediaStreamTrack> {
    const track = await this.#open({ signal, deviceId });
    if (signal.aborted || this.#released.signal.aborted) {
      track.stop();
      signal.throwIfAborted();
    }
    this.#adopt(track);
    return track;
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    for (const track of [this.#track, this.#coming]) if (track) track.enabled = !muted;
  }

  /**
   * Switches to another device; without an id, to the system's default. When it cannot be opened or sent, rejects and keeps the
   * present one; rejects after `release()`.
   *
   * @throws {VoiceError}
   */
  use(deviceId: string | undefined): Promise<MediaStreamTrack> {
    const replace = (): Promise<MediaStreamTrack> => this.#replace(deviceId);
    const change = this.#changing ? this.#changing.then(replace, replace) : replace();
    this.#changing = change;
    const settle = (): void => {
      if (this.#changing === change) this.#changing = null;
    };
    change.then(settle, settle);
    return change;
  }

  /** Switches the microphone off for good. */
  release(): void {
    this.#released.abort();
    this.#track?.stop();
    this.#coming?.stop();
  }

  async #replace(deviceId: string | undefined): Promise<MediaStreamTrack> {
    const { signal } = this.#released;
    signal.throwIfAborted();
    const track = await this.#open({ signal, deviceId });
    this.#coming = track;
    try {
      signal.throwIfAborted();
      track.enabled = !this.#muted;
      await this.#listener.onReplace(track);
      signal.throwIfAborted();
    } catch (error) {
      track.stop();
      throw error;
    } finally {
      this.#coming = null;
    }
    const before = this.#track;
    this.#adopt(track);
    before?.stop();
    return track;
  }

  #adopt(track: MediaStreamTrack): void {
    this.#track = track;
    // The transport may have enabled or disabled the track while it took it.
    track.enabled = !this.#muted;
    // Our own `stop()` fires no event: the device or the visitor's settings ended the track.
    track.addEventListener('ended', () => void this.#reopen(track), { signal: this.#released.signal });
    // The track may have ended while the transport took it, before there was a listener.
    if (track.readyState === 'ended') void this.#reopen(track);
  }

  async #reopen(ended: MediaStreamTrack): Promise<void> {
    if (ended === this.#ended) return;
    this.#ended = ended;
    // The visitor may be choosing another device at this very moment.
    await this.#changing?.catch(() => undefined);
    if (ended !== this.#track) return;
    try {
      this.#listener.onFellOver((await this.use(undefined)).label);
    } catch (error) {
      if (!this.#released.signal.aborted) this.#listener.onLost(error);
    }
  }
}
