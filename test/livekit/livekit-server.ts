import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { resolve } from 'node:path';
import { expect } from '@playwright/test';

/** Later ones cannot be built by `go install`: their go.mod replaces modules. */
const MODULE = 'github.com/livekit/livekit-server/cmd/server@v1.13.5';
const FOLDER = resolve('.cache/livekit');
const BUILD_LIMIT_MS = 15 * 60_000;
const START_LIMIT_MS = 20_000;

export interface LiveKitServer {
  /** `LIVEKIT_URL`, `LIVEKIT_API_KEY` and `LIVEKIT_API_SECRET`. */
  env: Record<string, string>;
  /** Nothing comes from it, and nothing is refused either: as when a cable is out. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** The program of a server: on the PATH, built before, or built now where Go is at hand and `mayBuild`; else why there is none. */
export function findLiveKitServer(
  say: (line: string) => void,
  mayBuild = true,
): { path: string } | { missing: string } {
  const installed = spawnSync('which', ['livekit-server'], { encoding: 'utf8' }).stdout?.trim();
  if (installed) return { path: installed };
  const built = `${FOLDER}/server`;
  if (existsSync(built)) return { path: built };
  if (!mayBuild) return { missing: 'no livekit-server on the PATH, and none built' };
  if (spawnSync('go', ['version']).status !== 0)
    return { missing: 'no livekit-server on the PATH, and no Go to build one' };
  say(`LiveKit: building ${MODULE} with Go, once; this takes some minutes`);
  mkdirSync(FOLDER, { recursive: true });
  const build = spawnSync('nice', ['go', 'install', MODULE], {
    env: { ...process.env, GOBIN: FOLDER, GOTOOLCHAIN: 'auto' },
    encoding: 'utf8',
    timeout: BUILD_LIMIT_MS,
  });
  if (build.status === 0 && existsSync(built)) return { path: built };
  const cause = build.stderr.trim().split('\n').at(-1);
  return { missing: `no livekit-server on the PATH, and Go could not build one: ${cause}` };
}

/** Starts a server of its own on free ports of this machine alone. */
export async function startLiveKitServer(path: string): Promise<LiveKitServer> {
  const [port, tcpPort, udpPort] = await Promise.all([freeTcpPort(), freeTcpPort(), freeUdpPort()]);
  const config = `port: ${port}\nrtc:\n  tcp_port: ${tcpPort}\n  udp_port: ${udpPort}\n`;
  const flags = ['--dev', '--bind', '127.0.0.1', '--node-ip', '127.0.0.1', '--config-body', config];
  const server = spawn(path, flags, { stdio: 'ignore' });
  const killAtExit = (): void => void server.kill('SIGKILL');
  process.once('exit', killAtExit);
  const stop = async (): Promise<void> => {
    process.off('exit', killAtExit);
    await end(server);
  };
  try {
    await expect(async () => {
      if (server.exitCode !== null) return;
      expect((await fetch(`http://127.0.0.1:${port}/`)).ok).toBe(true);
    }).toPass({ timeout: START_LIMIT_MS, intervals: [100] });
    if (server.exitCode !== null) throw new Error(`${path} ended with code ${server.exitCode}`);
  } catch (error) {
    await stop();
    throw error;
  }
  // What `--dev` accepts.
  const keys = { LIVEKIT_API_KEY: 'devkey', LIVEKIT_API_SECRET: 'secret' };
  return {
    env: { LIVEKIT_URL: `ws://127.0.0.1:${port}`, ...keys },
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    stop,
  };
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  // It waits for its rooms to empty when it is asked politely.
  server.kill('SIGKILL');
  await ended;
}

async function freeTcpPort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function freeUdpPort(): Promise<number> {
  const probe = createSocket('udp4').bind(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
