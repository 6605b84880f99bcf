/**
 * The format of the recording: engines decode Opus, and take anything else for raw samples, which would be noise. Untried in
 * Safari, which records it from 18.4 on.
 */
const MIME_TYPE = 'audio/webm;codecs=opus';
/** The longest recording; livekit-client does not wait longer for an agent. */
const LONGEST_MS = 10_000;
const PIECE_MS = 100;

/**
 * Records what the visitor says between the opening of the microphone and the moment when the agent hears it. The recording can
 * be read while it grows. A caller that does not pass it on must discard it.
 */
export class FirstWords {
  readonly mimeType = MIME_TYPE;
  readonly #recorder: MediaRecorder;
  readonly #timer: ReturnType<typeof setTimeout>;
  #pieces: Blob[] = [];
  #ended = false;
  #onChange: () => void = () => undefined;

  /** Starts a recording; `null` where the browser cannot record in a format that engines read. */
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

  /**
   * Yields the recording from its beginning until it is stopped. Can be read once. Not a `ReadableStream`, which Safari cannot
   * iterate over.
   */
  async *read(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    for (;;) {
      const piece = this.#pieces.shift();
      if (piece) yield new Uint8Array(await piece.arrayBuffer());
      else if (this.#ended) return;
      else await new Promise<void>((resolve) => (this.#onChange = resolve));
    }
  }

  /** Stops recording, since the agent now hears the microphone itself. What was recorded so far can still be read. */
  stop(): void {
    clearTimeout(this.#timer);
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
  }

  /** Stops recording and drops what was recorded: nothing more can be read. */
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
