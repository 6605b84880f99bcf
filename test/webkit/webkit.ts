import { resolve } from 'node:path';
import { Driver } from '../engines/driver.js';
import { freePort, startProgram } from '../engines/programs.js';
import { until } from '../engines/until.js';
import { WebDriverWire } from '../engines/web-driver-wire.js';
import { startDesktop } from './desktop.js';

const START_LIMIT_MS = 120_000;
const WINDOW = resolve(import.meta.dirname, 'window.py');

/** What `window.py` can be told. */
export interface WindowOptions {
  width?: number;
  height?: number;
  /** Files of scripts that run before the page's own, in all frames. */
  scripts?: readonly string[];
  mic?: 'allow' | 'deny';
  autoplay?: 'allow';
  dark?: boolean;
}

export const webkitEnvironment = {
  WEBKIT_DISABLE_DMABUF_RENDERER: '1',
  LIBGL_ALWAYS_SOFTWARE: '1',
  NO_AT_BRIDGE: '1',
  // Sound plays in time on a machine that has no sound card.
  GST_PLUGIN_FEATURE_RANK: 'fakeaudiosink:MAX',
};

/** A WebKitGTK of its own, on a desktop of its own: two windows on one desktop take the focus from each other. */
export async function startWebKit(options: WindowOptions = {}): Promise<Driver> {
  const desktop = await startDesktop();
  const port = await freePort();
  const driver = startProgram('WebKitWebDriver', [`--port=${port}`], {
    env: { ...process.env, ...webkitEnvironment, DISPLAY: desktop.display },
    stdio: process.env.WEBKIT_LOG ? 'inherit' : 'ignore',
  });
  const wire = new WebDriverWire(port);
  const close = async (): Promise<void> => {
    await wire.close();
    await driver.end();
    await desktop.close();
  };
  try {
    const isThere = await until(async () => ((await wire.isThere()) ? true : null), START_LIMIT_MS);
    if (!isThere) throw new Error('WebKitWebDriver does not answer');
    const args = ['--automation', ...windowArguments(options)];
    await wire.start({ browserName: 'window', 'webkitgtk:browserOptions': { binary: WINDOW, args } });
  } catch (error) {
    await close();
    throw error;
  }
  return new Driver({ send: (command, parameters) => wire.send(command, parameters), close });
}

export function windowArguments({ scripts, dark, ...options }: WindowOptions): string[] {
  const named = { ...options, scripts: scripts?.join(','), dark: dark ? '1' : undefined };
  return Object.entries(named).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`],
  );
}
