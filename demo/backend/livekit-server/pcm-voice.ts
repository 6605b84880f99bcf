import type { AudioFrame, AudioSource } from '@livekit/rtc-node';
import { OpusDecoder } from 'opus-decoder';
import { silenceDb } from '../agent/loudness.js';
import type { Rtc } from './load-rtc.js';

export const sampleRate = 48_000;
const queueMs = 400;
const fullScale = 32_767;

/** The agent's sound as the SDK wants it: PCM, decoded from the recorded Opus. */
export class PcmVoice {
  readonly source: AudioSource;
  readonly #decoder = new OpusDecoder({ channels: 1 });
  #isReady = false;
  #closed = false;

  constructor(private readonly rtc: Rtc) {
    this.source = new rtc.AudioSource(sampleRate, 1, queueMs);
  }

  async ready(): Promise<void> {
    await this.#decoder.ready;
    this.#isReady = true;
  }

  sendOpus(frame: Uint8Array): void {
    if (!this.#isReady || this.#closed) return;
    const { channelData, samplesDecoded } = this.#decoder.decodeFrame(frame);
    const samples = channelData[0];
    if (!samples || samplesDecoded === 0) return;
    const data = Int16Array.from(samples.subarray(0, samplesDecoded), toInt16);
    this.send(new this.rtc.AudioFrame(data, sampleRate, 1, samplesDecoded));
  }

  send(frame: AudioFrame): void {
    if (this.#closed) return;
    // Refused when the call ends under it.
    this.source.captureFrame(frame).catch(() => {});
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    // What is not there yet cannot be freed.
    await this.#decoder.ready;
    this.#decoder.free();
    await this.source.close();
  }
}

/** The loudness of a frame in dBov, from its samples. */
export function levelOf(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += (sample / fullScale) ** 2;
  const level = 20 * Math.log10(Math.sqrt(sum / Math.max(1, samples.length)));
  return Math.max(silenceDb, Math.round(level));
}

function toInt16(sample: number): number {
  return Math.round(Math.max(-1, Math.min(1, sample)) * fullScale);
}
