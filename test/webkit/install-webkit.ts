import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findProgram } from '../engines/programs.js';

/** Debian's packages, by what is there once they are. The sound is for tests that need an AudioContext which runs. */
const PACKAGES: readonly [name: string, isThere: () => boolean][] = [
  ['webkit2gtk-driver', () => findProgram('WebKitWebDriver') !== null],
  ['xvfb', () => findProgram('Xvfb') !== null],
  ['openbox', () => findProgram('openbox') !== null],
  ['xdotool', () => findProgram('xdotool') !== null],
  ['python3-gi', () => runsInPython('import gi')],
  ['gir1.2-webkit2-4.1', () => runsInPython("import gi; gi.require_version('WebKit2', '4.1')")],
  ['gstreamer1.0-plugins-base', () => isInstalled('gstreamer1.0-plugins-base')],
  ['gstreamer1.0-plugins-good', () => isInstalled('gstreamer1.0-plugins-good')],
  ['gstreamer1.0-plugins-bad', () => isInstalled('gstreamer1.0-plugins-bad')],
];

/** Without a network, apt tries for long. */
const INSTALL_LIMIT_MS = 300_000;

/** Why WebKit cannot be tested here; `null` when all is there, or was installed by this: on Debian, as root. */
export function installWebKit(say: (line: string) => void): string | null {
  const missing = findMissing();
  if (missing.length === 0) return null;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return `there is no ${missing.join(', no ')}; as root on Debian it would be installed`;
  say(`WebKit: not all there. Trying, as root on Debian: apt-get install -y ${missing.join(' ')}`);
  const options = {
    stdio: 'inherit' as const,
    timeout: INSTALL_LIMIT_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  try {
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], options);
  } catch (error) {
    return `apt-get could not install it (${error instanceof Error ? error.message : String(error)})`;
  }
  const left = findMissing();
  return left.length === 0 ? null : `there is still no ${left.join(', no ')}`;
}

function findMissing(): string[] {
  return PACKAGES.filter(([, isThere]) => !isThere()).map(([name]) => name);
}

function runsInPython(code: string): boolean {
  return spawnSync('/usr/bin/python3', ['-c', code]).status === 0;
}

/** Where there is no dpkg, it is for the tests to say. */
function isInstalled(name: string): boolean {
  const { error, stdout } = spawnSync('dpkg-query', ['--show', '--showformat=${db:Status-Status}', name], {
    encoding: 'utf8',
  });
  return error !== undefined || stdout === 'installed';
}
