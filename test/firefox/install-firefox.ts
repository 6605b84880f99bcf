import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findFirefox } from './firefox.js';

/** Without a network, apt tries for long. */
const INSTALL_LIMIT_MS = 300_000;

/** Why Firefox cannot be tested here; `null` when it is there, or was installed by this: on Debian, as root. */
export function installFirefox(say: (line: string) => void): string | null {
  const found = findFirefox();
  if (found) {
    say(`Firefox: ${found}`);
    return null;
  }
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return 'there is none on this machine';
  say('Firefox: none found. Trying, as root on Debian: apt-get install -y firefox-esr');
  const options = {
    stdio: 'inherit' as const,
    timeout: INSTALL_LIMIT_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  try {
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'firefox-esr'], options);
  } catch (error) {
    return `apt-get could not install it (${error instanceof Error ? error.message : String(error)})`;
  }
  return findFirefox() ? null : 'there is still none on this machine';
}
