import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium } from 'playwright';

/** What Playwright 1.64 turns off; of two `--disable-features` only the last one counts. */
const OFF_FOR_PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'BlockOriginHeaderModificationOnRedirect',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'Translate',
  'AutoDeElevate',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
];

/** Pages for the address bar, which Chromium 156 prepares in every context: a second of a core each, for nothing. */
const ADDRESS_BAR = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];

/** Runs as root, without a GPU, and without asking the outside for anything. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${[...OFF_FOR_PLAYWRIGHT, ...ADDRESS_BAR].join(',')}`,
];

/** A microphone that is granted without a question and plays a tone. */
export const fakeMicrophone = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** A caller who speaks in sentences with pauses, over and over. The permission is the test's to grant. */
export const speakingMicrophone = [
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-audio-capture=${resolve(import.meta.dirname, 'caller.wav')}`,
];

/** A microphone that works and gives silence, as one that is switched off on its cable. The permission is the test's to grant. */
export const silentMicrophone = [
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-audio-capture=${resolve(import.meta.dirname, 'silence.wav')}`,
];

/** The longest pause of that caller has 2.2 s: within this time they are heard, whatever moment a call begins at. */
export const CALLER_HEARD_WITHIN_MS = 3_000;

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** A Chromium that is here already: `CHROMIUM_PATH`, Playwright's own, the system's; `null` when there is none. */
export function findChromium(): { path: string; from: string } | null {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist`);
    return { path: named, from: 'CHROMIUM_PATH' };
  }
  const own = chromium.executablePath();
  if (own && existsSync(own)) return { path: own, from: 'Playwright' };
  for (const name of SYSTEM_NAMES) {
    const found = spawnSync('which', [name], { encoding: 'utf8' }).stdout?.trim();
    if (found) return { path: found, from: 'the system' };
  }
  return null;
}

/** Like `findChromium`, for callers that cannot go on without. */
export function requireChromium(): string {
  const found = findChromium();
  if (!found)
    throw new Error(
      'No Chromium found: run "npx tsx test/support/install-chromium.ts", or set CHROMIUM_PATH',
    );
  return found.path;
}

/** Installs a Chromium where none is: Playwright's build, or on Debian as root the distribution's. Says what it does. */
export function installChromium(say: (line: string) => void): string {
  const found = findChromium();
  if (found) {
    say(`Chromium: ${found.path} (from ${found.from})`);
    return found.path;
  }
  say('Chromium: none found. Trying: npx playwright install chromium');
  const download = spawnSync('npx', ['playwright', 'install', 'chromium'], {
    stdio: 'inherit',
    timeout: 240_000,
  });
  if (download.status === 0 && findChromium()) return installed(say);
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('Chromium: that did not work. Trying, as root on Debian: apt-get install -y chromium');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      stdio: 'inherit',
      env,
    });
    if (findChromium()) return installed(say);
  }
  throw new Error('No Chromium could be installed. Install one yourself and set CHROMIUM_PATH to it.');
}

function installed(say: (line: string) => void): string {
  const path = requireChromium();
  say(`Chromium: installed ${path}`);
  return path;
}
