import { describe, expect, it } from 'vitest';
import { levelOf } from '../../../demo/backend/livekit-server/pcm-voice.js';
import { readServerAddress } from '../../../demo/backend/livekit-server/server-address.js';

const keys = { LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: 'secret' };

describe('readServerAddress', () => {
  it.each([
    ['ws://127.0.0.1:7880', 'ws://127.0.0.1:7880', 'http://127.0.0.1:7880'],
    ['https://livekit.example/', 'wss://livekit.example/', 'https://livekit.example'],
  ])('reads %s', (url, socketUrl, httpUrl) => {
    const address = readServerAddress({ LIVEKIT_URL: url, ...keys });
    expect(address).toEqual({ apiKey: 'key', secret: 'secret', socketUrl, httpUrl });
  });

  it('means no server when nothing is set, and complains about half of it', () => {
    expect(readServerAddress({ LIVEKIT_URL: '' })).toBeUndefined();
    expect(() => readServerAddress({ LIVEKIT_URL: 'ws://x' })).toThrow(
      'LIVEKIT_API_KEY and LIVEKIT_API_SECRET',
    );
  });
});

it.each([
  [0, -127],
  [32_767, 0],
  [3_277, -20],
  [1, -90],
])('samples of %i have the level %i dBov', (sample, levelDb) => {
  expect(levelOf(new Int16Array(960).fill(sample))).toBe(levelDb);
});
