import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { patch } from '../../../.build/patch-livekit.js';

const livekit = readFileSync('node_modules/livekit-client/dist/livekit-client.esm.mjs', 'utf8');

it('takes away the one line by which webrtc-adapter changes the page, and nothing else', () => {
  const patched = patch(livekit);
  expect(patched.match(/adapterFactory\(/g)).toEqual(['adapterFactory(']);
  expect(livekit.length - patched.length).toBeLessThan(100);
});

it('refuses a livekit-client that is written otherwise', () => {
  expect(() => patch(livekit.replace(/^adapterFactory/m, 'adapt'))).toThrow('see .build/patch-livekit.ts');
});
