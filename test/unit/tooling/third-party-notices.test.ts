import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { thirdPartyNotices } from '../../../.build/third-party-notices.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'osmtalk-notices-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function install(name: string, manifest: object, licence?: string): string {
  const home = join(folder, 'node_modules', name);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name, version: '1.0.0', ...manifest }));
  if (licence) writeFileSync(join(home, 'LICENSE'), licence);
  return home;
}

it('holds the licence of each bundled package, and of what such a package brings along, once', () => {
  install('inner', { license: 'BSD-3-Clause' }, 'Copyright Inner');
  const outer = install('@scope/outer', { license: 'MIT', dependencies: { inner: '1' } }, 'Copyright Outer');
  const notices = thirdPartyNotices([outer, outer]);
  expect(notices.match(/Copyright \w+/g)).toEqual(['Copyright Outer', 'Copyright Inner']);
  expect(notices).toContain('inner 1.0.0\n\nLicence: BSD-3-Clause');
});

it('refuses a package that names no licence', () => {
  expect(() => thirdPartyNotices([install('nobody', {})])).toThrow('nobody is bundled and names no licence');
});

it('names what is in the chunks of today', () => {
  const notices = thirdPartyNotices(
    ['lit', 'livekit-client', 'libphonenumber-js'].map((name) => resolve('node_modules', name)),
  );
  for (const name of [
    'livekit-client',
    '@livekit/protocol',
    '@bufbuild/protobuf',
    'webrtc-adapter',
    'sdp',
    'lit-html',
  ])
    expect(notices).toContain(`${name} `);
  expect(notices).toContain('Apache License');
});
