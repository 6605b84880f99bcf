import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const NEXT = resolve('node_modules/next/dist/bin/next');
const START_LIMIT_MS = 30_000;
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };

export interface NextServer {
  url: string;
  stop(): Promise<void>;
}

export async function buildNext(folder: string): Promise<void> {
  await promisify(execFile)(process.execPath, [NEXT, 'build'], { cwd: folder, env });
}

/** `next start` for what was built, `next dev` for React's warnings. */
export async function startNext(folder: string, command: 'start' | 'dev'): Promise<NextServer> {
  const port = await freePort();
  // A group of its own: `next` starts further processes.
  const server = spawn(process.execPath, [NEXT, command, '--port', String(port)], {
    cwd: folder,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { pid } = server;
  const hasEnded = (): boolean => pid === undefined || server.exitCode !== null || server.signalCode !== null;
  const kill = (): void => {
    if (pid !== undefined && !hasEnded()) process.kill(-pid, 'SIGKILL');
  };
  process.once('exit', kill);
  const stop = async (): Promise<void> => {
    process.off('exit', kill);
    if (hasEnded()) return;
    const ended = once(server, 'exit');
    kill();
    await ended;
  };
  try {
    await ready(server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://localhost:${port}`, stop };
}

async function ready(server: ChildProcess): Promise<void> {
  if (!server.stdout) throw new Error('next has no output to wait for');
  const said: string[] = [];
  const limit = AbortSignal.timeout(START_LIMIT_MS);
  for await (const line of createInterface({ input: server.stdout, signal: limit })) {
    said.push(line);
    if (line.includes('Ready in')) {
      server.stdout.resume();
      return;
    }
  }
  throw new Error(`next did not get ready: ${said.join('\n')}`);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
