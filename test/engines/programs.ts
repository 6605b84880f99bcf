import { type ChildProcess, spawn, type SpawnOptions, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** How long a program may take to end after it was asked, before it is made to. */
const PATIENCE_MS = 3_000;

export interface Program {
  readonly process: ChildProcess;
  end(): Promise<void>;
}

/** Starts a program that ends with this process at the latest. */
export function startProgram(path: string, args: readonly string[], options: SpawnOptions = {}): Program {
  const child = spawn(path, args, { stdio: 'ignore', ...options });
  // A program that is not there: whoever waits for what it does sees that nothing comes.
  child.on('error', () => undefined);
  const killAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  return {
    process: child,
    async end() {
      process.off('exit', killAtExit);
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      // oxlint-disable-next-line house/no-sleep -- The limit of a wait.
      const limit = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      await ended;
      clearTimeout(limit);
    },
  };
}

export function findProgram(...names: string[]): string | null {
  for (const name of names) {
    const found = spawnSync('which', [name], { encoding: 'utf8' }).stdout?.trim();
    if (found) return found;
  }
  return null;
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
