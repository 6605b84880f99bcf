import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, copyFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** What is installed stays for the next run. */
const FOLDER = resolve('.cache/agents');
const SOURCES = resolve('test/agents/engines');
const INSTALL_LIMIT_MS = 10 * 60_000;
const START_LIMIT_MS = 120_000;

const NODE_PACKAGES = ['@livekit/agents@1.9.0', '@livekit/rtc-node@^0.13.34', 'zod@^4'];
const PYTHON = `${FOLDER}/python/bin/python`;

/** Said by an engine's process once calls can come. */
const READY = /registered worker|worker registered|bot server ready|Uvicorn running/i;

export interface Engine {
  name: string;
  /** How its calls are begun: the worker's name, or the address that starts a bot. */
  livekitAgent?: string;
  startUrl?: string;
  transport?: 'livekit' | 'webrtc';
}

export interface RunningEngine {
  engine: Engine;
  stop(): Promise<void>;
}

export interface EngineKind {
  engine: Engine;
  needsLivekitServer: boolean;
  /** Puts the packages below `.cache`; throws where they cannot be had. `mayInstall`: else only what is there. */
  prepare(mayInstall: boolean): void;
  command: readonly string[];
  env?: Record<string, string>;
}

const RTVI_PORT = 4101;
const SMALL_PORT = 4102;

export const ENGINES: readonly EngineKind[] = [
  {
    engine: { name: 'LiveKit Agents for Node', livekitAgent: 'test-node' },
    needsLivekitServer: true,
    prepare: prepareNode,
    command: [process.execPath, `${FOLDER}/node/livekit-node.mjs`, 'start'],
  },
  {
    engine: { name: 'LiveKit Agents for Python', livekitAgent: 'test-python' },
    needsLivekitServer: true,
    prepare: (mayInstall) => preparePython('livekit.agents', ['livekit-agents'], mayInstall),
    command: [PYTHON, `${SOURCES}/livekit_python.py`, 'start'],
  },
  {
    engine: {
      name: 'Pipecat over LiveKit',
      startUrl: `http://127.0.0.1:${RTVI_PORT}/start`,
      transport: 'livekit',
    },
    needsLivekitServer: true,
    prepare: preparePipecat,
    command: pipecatRunner('livekit', RTVI_PORT),
  },
  {
    engine: {
      name: 'Pipecat over SmallWebRTC',
      startUrl: `http://127.0.0.1:${SMALL_PORT}/start`,
      transport: 'webrtc',
    },
    needsLivekitServer: false,
    prepare: preparePipecat,
    command: pipecatRunner('webrtc', SMALL_PORT),
  },
];

function pipecatRunner(transport: string, port: number): string[] {
  return [
    PYTHON,
    `${SOURCES}/pipecat_bot.py`,
    '-t',
    transport,
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
  ];
}

/** Starts an engine against this server, and resolves once it takes calls. */
export async function startEngine(
  { engine, command, env }: EngineKind,
  server: Record<string, string>,
  pids: string,
): Promise<RunningEngine> {
  const [program = '', ...args] = command;
  const log: string[] = [];
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, which is ended as a whole: workers start processes for their jobs.
    detached: true,
    env: { ...process.env, ...server, ...env, AGENT_NAME: engine.livekitAgent ?? '', AGENT_PIDS: pids },
  });
  const stop = (): Promise<void> => endGroup(child);
  const killAtExit = (): void => killGroup(child);
  process.once('exit', killAtExit);
  try {
    await new Promise<void>((ready, reject) => {
      AbortSignal.timeout(START_LIMIT_MS).addEventListener('abort', () =>
        reject(new Error('not ready in time')),
      );
      for (const stream of [child.stdout, child.stderr]) {
        createInterface(stream).on('line', (line) => {
          log.push(line);
          if (process.env.AGENTS_LOG) console.log(`[${engine.name}] ${line}`);
          if (READY.test(line)) ready();
        });
      }
      child.once('exit', (code) => reject(new Error(`ended with code ${code}`)));
      child.once('error', reject);
    });
  } catch (error) {
    await stop();
    throw new Error(`${String(error)}\n${log.slice(-15).join('\n')}`, { cause: error });
  }
  return { engine, stop };
}

async function endGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return killGroup(child);
  const ended = once(child, 'exit');
  killGroup(child);
  await ended;
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

function prepareNode(mayInstall: boolean): void {
  const folder = `${FOLDER}/node`;
  mkdirSync(folder, { recursive: true });
  if (!existsSync(`${folder}/node_modules/@livekit/agents`)) {
    if (!mayInstall) throw new Error('@livekit/agents is not installed');
    writeFileSync(`${folder}/package.json`, '{ "private": true, "type": "module" }\n');
    run('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, ...NODE_PACKAGES]);
  }
  // Where it finds its packages.
  copyFileSync(`${SOURCES}/livekit-node.mjs`, `${folder}/livekit-node.mjs`);
}

function preparePython(module: string, packages: readonly string[], mayInstall: boolean): void {
  if (existsSync(PYTHON) && spawnSync(PYTHON, ['-c', `import ${module}`]).status === 0) return;
  if (!mayInstall) throw new Error(`${packages[0]} is not installed`);
  if (!existsSync(PYTHON)) run('python3', ['-m', 'venv', `${FOLDER}/python`]);
  run(PYTHON, ['-m', 'pip', 'install', '--quiet', ...packages]);
}

function preparePipecat(mayInstall: boolean): void {
  preparePython(
    'pipecat.transports.livekit.transport, pipecat.transports.smallwebrtc.transport, uvicorn',
    ['pipecat-ai[livekit,webrtc,runner]'],
    mayInstall,
  );
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: INSTALL_LIMIT_MS,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status === 0) return;
  throw new Error(`${program} ${args[0]}: ${error?.message ?? stderr.trim().split('\n').at(-1) ?? status}`);
}
