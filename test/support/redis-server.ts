import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RedisServer {
  /** A socket in the file system: no port is taken. */
  path: string;
  /** At once, as when a machine fails. */
  kill(): Promise<void>;
}

/** Why there is none here, or `null`. */
export function missingRedis(): string | null {
  return spawnSync('redis-server', ['--version']).status === 0
    ? null
    : 'redis-server is not installed: apt-get install redis-server';
}

/** Debian's `redis-server`, empty, and nothing of it on disk. */
export async function startRedis(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'osmtalk-redis-'));
  const path = join(folder, 'redis.sock');
  const child = spawn(
    'redis-server',
    ['--port', '0', '--unixsocket', path, '--save', '', '--appendonly', 'no', '--dir', folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const end = (): boolean => child.kill('SIGKILL');
  process.once('exit', end);
  await isReady(child);
  if (!existsSync(path)) throw new Error('redis-server made no socket');
  return {
    path,
    async kill() {
      process.off('exit', end);
      if (child.exitCode === null && child.signalCode === null) {
        end();
        await once(child, 'exit');
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function isReady({ stdout }: ChildProcess): Promise<void> {
  let log = '';
  for await (const piece of stdout ?? []) {
    log += String(piece);
    if (/ready to accept connections/i.test(log)) {
      // Else it would wait for somebody to read on.
      stdout?.resume();
      return;
    }
  }
  throw new Error(`redis-server did not start:\n${log}`);
}
