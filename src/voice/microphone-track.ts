import type { OpenMicrophoneOptions } from './microphone.js';

export type OpenMicrophone = (options: OpenMicrophoneOptions) => Promise<MediaStreamTrack>;

export interface MicrophoneTrackListener {
  /** Another device takes over: its track must be sent from now on. Rejects when the link does not take it. */
  onReplace(track: MediaStreamTrack): Promise<void>;
  /** The device vanished, and this one took its place. */
  onFellOver(label: string): void;
  /** The device is gone or its permission was revoked, and no other could be had. */
  onLost(error: unknown): void;
}

/** The microphone of one call: its track, whether it is muted, and what becomes of it when the device vanishes. */
export class MicrophoneTrack {
  readonly #open: OpenMicrophone;
  readonly #listener: MicrophoneTrackListener;
  readonly #released = new AbortController();
  #track: MediaStreamTrack | null = null;
  #muted = false;
  /** Opened, but not sent yet. */
  #coming: MediaStreamTrack | null = null;
  /** One change after the other: the last choice counts, not the device that opens last. */
  #changing: Promise<unknown> | null = null;
  /** The track whose end is being dealt with. */
  #ended: MediaStreamTrack | null = null;

  constructor(open: OpenMicrophone, listener: MicrophoneTrackListener) {
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
    for (const track of [this.#track, this.#coming]) if (track) track.enabled = !muted;
  }

  /** Goes on with another device. Rejects, and keeps the present one, when it cannot be opened or sent. @throws {VoiceError} */
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
    this.#hold(track);
    before?.stop();
    return track;
  }

  #hold(track: MediaStreamTrack): void {
    this.#track = track;
    // A link may have switched it on or off while taking it.
    track.enabled = !this.#muted;
    // `stop()` of our own fires no event: this is the device or the visitor's settings.
    track.addEventListener('ended', () => void this.#reopen(track), { signal: this.#released.signal });
    // It may have happened while the link was taking it.
    if (track.readyState === 'ended') void this.#reopen(track);
  }

  async #reopen(ended: MediaStreamTrack): Promise<void> {
    if (ended === this.#ended) return;
    this.#ended = ended;
    // The visitor may be choosing another one in this very moment.
    await this.#changing?.catch(() => undefined);
    if (ended !== this.#track) return;
    try {
      this.#listener.onFellOver((await this.use(undefined)).label);
    } catch (error) {
      if (!this.#released.signal.aborted) this.#listener.onLost(error);
    }
  }
}
