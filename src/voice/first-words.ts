/** Engines decode Opus and take everything else for raw samples, which would be noise. Untried in Safari, which records it from 18.4 on. */
const MIME_TYPE = 'audio/webm;codecs=opus';
/** livekit-client waits no longer for an agent. */
const LONGEST_MS = 10_000;
const PIECE_MS = 100;

/**
 * What the visitor says between the opening of the microphone and the moment at which the agent hears it, as a recording that
 * can be read while it grows. Whoever does not pass it on must discard it.
 */
export class FirstWords {
  readonly mimeType = MIME_TYPE;
  readonly #recorder: MediaRecorder;
  readonly #timer: ReturnType<typeof setTimeout>;
  #pieces: Blob[] = [];
  #ended = false;
  #onChange: () => void = () => undefined;

  /** `null` where the browser does not record what engines can read. */
  static record(track: MediaStreamTrack): FirstWords | null {
    try {
      return globalThis.MediaRecorder?.isTypeSupported(MIME_TYPE) ? new FirstWords(track) : null;
    } catch {
      return null;
    }
  }

  private constructor(track: MediaStreamTrack) {
    this.#recorder = new MediaRecorder(new MediaStream([track]), { mimeType: MIME_TYPE });
    this.#recorder.addEventListener('dataavailable', ({ data }) => {
      if (this.#ended || data.size === 0) return;
      this.#pieces.push(data);
      this.#onChange();
    });
    for (const end of ['stop', 'error']) this.#recorder.addEventListener(end, () => this.#end());
    this.#recorder.start(PIECE_MS);
    this.#timer = setTimeout(() => this.stop(), LONGEST_MS);
  }

  /** From the beginning to the stop; not a `ReadableStream`, over which Safari cannot iterate. To be read once. */
  async *read(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    for (;;) {
      const piece = this.#pieces.shift();
      if (piece) yield new Uint8Array(await piece.arrayBuffer());
      else if (this.#ended) return;
      else await new Promise<void>((resolve) => (this.#onChange = resolve));
    }
  }

  /** The agent hears the microphone itself: what was recorded until now can still be read. */
  stop(): void {
    clearTimeout(this.#timer);
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
  }

  /** Nobody shall hear it. */
  discard(): void {
    this.#pieces = [];
    this.#end();
    this.stop();
  }

  #end(): void {
    this.#ended = true;
    this.#onChange();
  }
}
