import { afterEach, describe, expect, test, vi } from 'vitest';
import { server } from 'vitest/browser';
import { FirstWords } from '../../src/voice/first-words.js';

const tracks: MediaStreamTrack[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  for (const track of tracks.splice(0)) track.stop();
});

async function microphone(): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const [track] = stream.getAudioTracks();
  if (!track) throw new Error('no track');
  tracks.push(track);
  return track;
}

async function record(): Promise<FirstWords> {
  const words = FirstWords.record(await microphone());
  if (!words) throw new Error('not recorded');
  return words;
}

async function readAll(words: FirstWords): Promise<number> {
  let size = 0;
  for await (const piece of words.read()) size += piece.byteLength;
  return size;
}

// The one engine here whose microphone is granted to a test without a press.
describe.runIf(server.browser === 'chromium')('the first words', () => {
  test('can be read while they are said, and end with the stop', async () => {
    const words = await record();
    const reading = words.read();
    const first = await reading.next();
    expect(first.value?.byteLength).toBeGreaterThan(0);
    words.stop();
    let last = first;
    while (!last.done) last = await reading.next();
    words.stop();
  });

  test('are gone when they are discarded, while they are read and before', async () => {
    const [read, unread] = [await record(), await record()];
    const reading = read.read();
    await reading.next();
    read.discard();
    expect((await reading.next()).done).toBe(true);
    unread.discard();
    expect(await readAll(unread)).toBe(0);
  });

  test('end with their track', async () => {
    const track = await microphone();
    const words = FirstWords.record(track);
    track.stop();
    expect(words && (await readAll(words))).toBeGreaterThanOrEqual(0);
  });

  test('are not recorded by a browser that refuses, or whose recording no engine reads', async () => {
    expect(FirstWords.record({} as MediaStreamTrack)).toBeNull();
    vi.spyOn(MediaRecorder, 'isTypeSupported').mockReturnValue(false);
    expect(FirstWords.record(await microphone())).toBeNull();
  });
});

test('are not recorded by a browser that cannot', () => {
  vi.stubGlobal('MediaRecorder', undefined);
  expect(FirstWords.record({} as MediaStreamTrack)).toBeNull();
});
