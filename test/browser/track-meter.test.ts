import { userEvent } from 'vitest/browser';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TrackMeter } from '../../src/voice/track-meter.js';

const done: (() => void)[] = [];
// No sound before a press.
beforeEach(() => userEvent.click(document.body));
afterEach(() => done.splice(0).forEach((each) => each()));

/** A track with a tone of this amplitude. */
async function tone(amplitude: number): Promise<MediaStreamTrack> {
  const context = new AudioContext();
  await context.resume();
  const destination = context.createMediaStreamDestination();
  const oscillator = new OscillatorNode(context, { frequency: 440 });
  oscillator.connect(new GainNode(context, { gain: amplitude })).connect(destination);
  oscillator.start();
  done.push(() => void context.close());
  return destination.stream.getAudioTracks()[0] as MediaStreamTrack;
}

function openMeter(): TrackMeter {
  const meter = new TrackMeter();
  done.push(() => meter.close());
  return meter;
}

test('a tone adds up, about as much as `totalAudioEnergy` would', async () => {
  const track = await tone(0.5);
  const meter = openMeter();
  const startedAt = performance.now();
  expect(await meter.energyOf(track)).toBe(0);
  await expect.poll(() => meter.energyOf(track), { interval: 100 }).toBeGreaterThan(0.05);
  // A sine of this amplitude has a power of 0.125.
  expect(await meter.energyOf(track)).toBeLessThan((0.14 * (performance.now() - startedAt)) / 1_000);
});

test('silence adds nothing, and another track goes on from there', async () => {
  const [silent, loud] = [await tone(0), await tone(0.5)];
  const meter = openMeter();
  await meter.energyOf(silent);
  expect(await meter.energyOf(silent)).toBeLessThan(1e-6);
  await meter.energyOf(loud);
  await expect.poll(() => meter.energyOf(loud), { interval: 100 }).toBeGreaterThan(0.05);
  const heard = (await meter.energyOf(loud)) ?? 0;
  expect(await meter.energyOf(silent)).toBeCloseTo(heard, 1);
});

test('after the end nothing is known', async () => {
  const track = await tone(0.5);
  const meter = openMeter();
  await meter.energyOf(track);
  meter.close();
  expect(await meter.energyOf(track)).toBeNull();
});
