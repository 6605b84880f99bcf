import { AudioFrame, type AudioSource } from '@livekit/rtc-node';

export const SAMPLE_RATE = 48_000;
const FRAME = SAMPLE_RATE / 50;
const TONE_HZ = 440;

/** Fills a source with a tone until it is closed. `loudness`, 0 to 1, is asked for each 20 ms. */
export async function hum(source: AudioSource, loudness: () => number): Promise<void> {
  for (let sent = 0; ; sent += 1) {
    const frame = AudioFrame.create(SAMPLE_RATE, 1, FRAME);
    const peak = 32_000 * loudness();
    for (let i = 0; i < FRAME; i += 1) {
      const seconds = (sent * FRAME + i) / SAMPLE_RATE;
      frame.data[i] = Math.round(Math.sin(2 * Math.PI * TONE_HZ * seconds) * peak);
    }
    try {
      await source.captureFrame(frame);
    } catch {
      return;
    }
  }
}
