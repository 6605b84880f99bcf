import { closeAudioContext, openAudioContext } from './audio-context.js';

/** The samples that are kept: a third of a second at 48 kHz, more than lies between two measurements. */
const WINDOW = 16_384;

/**
 * Measures how much sound comes out of a track, in the unit of `totalAudioEnergy` (power × seconds), for browsers whose
 * statistics do not measure it (Firefox). The sound is not played.
 */
export class TrackMeter {
  readonly #gone = new AbortController();
  readonly #context: Promise<AudioContext | null>;
  #track: MediaStreamTrack | null = null;
  #source: MediaStreamAudioSourceNode | null = null;
  #analyser: AnalyserNode | null = null;
  #energy = 0;
  #lookedAt = 0;

  constructor() {
    this.#context = openAudioContext(this.#gone.signal);
  }

  /** The energy since the first call, summed over all tracks that were given; `null` where it cannot be measured. */
  async energyOf(track: MediaStreamTrack | null): Promise<number | null> {
    const context = await this.#context;
    if (!context || this.#gone.signal.aborted || context.state !== 'running') return null;
    const now = context.currentTime;
    if (track !== this.#track) this.#listenTo(track, context);
    else this.#energy += this.#powerOf(now - this.#lookedAt, context.sampleRate) * (now - this.#lookedAt);
    this.#lookedAt = now;
    return this.#energy;
  }

  close(): void {
    if (this.#gone.signal.aborted) return;
    this.#gone.abort();
    this.#source?.disconnect();
    void this.#context.then((context) => context && closeAudioContext(context));
  }

  #listenTo(track: MediaStreamTrack | null, context: AudioContext): void {
    this.#source?.disconnect();
    this.#track = track;
    this.#source = track && context.createMediaStreamSource(new MediaStream([track]));
    this.#analyser ??= new AnalyserNode(context, { fftSize: WINDOW });
    this.#source?.connect(this.#analyser);
  }

  /** The mean power of the last `seconds`, or of as much of them as is kept. */
  #powerOf(seconds: number, sampleRate: number): number {
    if (!this.#analyser || !this.#source) return 0;
    const samples = new Float32Array(WINDOW);
    this.#analyser.getFloatTimeDomainData(samples);
    const recent = samples.subarray(-Math.max(1, Math.min(WINDOW, Math.round(seconds * sampleRate))));
    let sum = 0;
    for (const sample of recent) sum += sample * sample;
    return sum / recent.length;
  }
}
