import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Driver } from '../engines/driver.js';
import { MarionetteWire } from '../engines/marionette-wire.js';
import { findProgram, startProgram } from '../engines/programs.js';
import { until } from '../engines/until.js';

const START_LIMIT_MS = 180_000;

export function findFirefox(): string | null {
  return process.env.FIREFOX_PATH || findProgram('firefox-esr', 'firefox');
}

/** A microphone that is granted without a question and plays a tone; nothing is asked of the outside. */
export const firefoxPreferences: Record<string, string | number | boolean> = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'permissions.default.microphone': 1,
};

/** As the other engines here: a mouse, nothing that moves by itself, and no room for scrollbars. */
const SCREEN_PREFERENCES = {
  'ui.primaryPointerCapabilities': 6,
  'ui.allPointerCapabilities': 6,
  'ui.prefersReducedMotion': 1,
  'ui.useOverlayScrollbars': 1,
};

/** Sound plays in time on a machine that has no sound card. */
const SOUND_PREFERENCES = { 'media.cubeb.force_mock_context': true };

const QUIET_PREFERENCES = {
  'marionette.port': 0,
  'app.update.enabled': false,
  'app.normandy.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

/** A Firefox of its own, without a screen. */
export async function startFirefox({ width = 1280, height = 800 } = {}): Promise<Driver> {
  const path = findFirefox();
  if (!path) throw new Error('There is no Firefox on this machine');
  const profile = await mkdtemp(join(tmpdir(), 'osmtalk-firefox-'));
  const preferences = Object.entries({
    ...QUIET_PREFERENCES,
    ...SCREEN_PREFERENCES,
    ...SOUND_PREFERENCES,
    ...firefoxPreferences,
  });
  await writeFile(
    join(profile, 'user.js'),
    preferences.map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`).join(''),
  );
  const args = [
    '--headless',
    '--no-remote',
    '--marionette',
    '--remote-allow-system-access',
    '--profile',
    profile,
  ];
  const firefox = startProgram(path, [...args, '--width', `${width}`, '--height', `${height}`]);
  let wire: MarionetteWire | undefined;
  const close = async (): Promise<void> => {
    await wire?.close();
    await firefox.end();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    // Firefox writes down which port it found free.
    const port = await until(
      () => readFile(join(profile, 'MarionetteActivePort'), 'utf8').then(Number, () => null),
      START_LIMIT_MS,
    );
    if (!port) throw new Error('Firefox did not start');
    wire = await MarionetteWire.open(port);
    await wire.start({ timeouts: { script: 60_000 } });
    const open = wire;
    const driver = new Driver({ send: (command, parameters) => open.send(command, parameters), close });
    await driver.resize({ width, height });
    return driver;
  } catch (error) {
    await close();
    throw error;
  }
}
