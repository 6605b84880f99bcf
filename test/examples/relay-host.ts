import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const START_LIMIT_MS = 20_000;

/** One server with the relay in it, in a process of its own. */
export interface RelayHost {
  url: string;
  /** All that it has said on its error output, and on the other but for the port. */
  complaints: () => string;
  stop(): Promise<void>;
}

export interface HostCommand {
  command: string;
  args: readonly string[];
  /** The folder of the examples. */
  cwd: string;
  /** All that it gets of the environment, but for `PATH`. Its home is the folder, for whatever it caches. */
  env: Record<string, string>;
}

/** Waits for the line that names the port. */
export async function startRelayHost({ command, args, cwd, env }: HostCommand): Promise<RelayHost> {
  const { PATH } = process.env;
  const server = spawn(command, args, {
    cwd,
    env: { PATH, HOME: cwd, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  server.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const kill = (): boolean => server.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async (): Promise<void> => {
    process.off('exit', kill);
    if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    kill();
    await ended;
  };
  try {
    const port = await readPort(server, said);
    return { url: `http://127.0.0.1:${port}`, complaints: () => said.join(''), stop };
  } catch (error) {
    await stop();
    throw new Error(`${command} did not get ready: ${said.join('')}`, { cause: error });
  }
}

async function readPort(server: ChildProcess, said: string[]): Promise<string> {
  if (!server.stdout) throw new Error('There is no output to wait for');
  const lines = createInterface({ input: server.stdout });
  const limit = AbortSignal.timeout(START_LIMIT_MS);
  const failed = once(server, 'error', { signal: limit }).then(([error]) => {
    throw error as Error;
  });
  const closed = once(lines, 'close', { signal: limit }).then(() => {
    throw new Error('It has ended');
  });
  const [line] = (await Promise.race([once(lines, 'line', { signal: limit }), failed, closed])) as [string];
  lines.on('line', (more) => said.push(`${more}\n`));
  const port = /port\D+(\d+)/.exec(line)?.[1];
  if (port === undefined) throw new Error(`It names no port: ${line}`);
  return port;
}
