import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';
import { chromiumArguments, requireChromium } from '../support/chromium.js';

/** A visitor who says nothing, so that only what a test types is answered. */
const SILENCE = resolve('.cache/agents/silence.wav');
mkdirSync(resolve('.cache/agents'), { recursive: true });
writeFileSync(SILENCE, silentWav(48_000, 1));

export default defineConfig({
  testDir: '.',
  globalSetup: '../support/global-setup.ts',
  outputDir: '../../test-results/agents',
  // An engine, a browser and a server share the processor.
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json']],
  use: {
    permissions: ['microphone'],
    launchOptions: {
      executablePath: requireChromium(),
      args: [
        ...chromiumArguments,
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-audio-capture=${SILENCE}`,
      ],
    },
  },
});

/** 16-bit PCM (RIFF), which Chromium plays over and over. */
function silentWav(rate: number, seconds: number): Buffer {
  const bytes = rate * seconds * 2;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + bytes, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(bytes, 40);
  return Buffer.concat([head, Buffer.alloc(bytes)]);
}
