import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { countReport } from '../support/count-report.js';
import { findLiveKitServer, startLiveKitServer, type LiveKitServer } from '../livekit/livekit-server.js';
import { ENGINES, startEngine, type EngineKind, type RunningEngine } from './engines.js';

/**
 * `npm run test:agents`: real voice engines driven through the widget in Chromium, over a real LiveKit server and the relay's upstreams.
 * What is missing is installed below `.cache`, but in CI, which runs what is there. An engine that cannot be had is one plain line.
 * Ends with `N passed, N failed`. `AGENTS_LOG=1` shows what the engines say; `AGENTS_ONLY=Node` runs one of them. Further words go to Playwright.
 */
const REPORT = 'test-results/agents.json';
const PIDS = resolve('.cache/agents/pids');

const only = process.env.AGENTS_ONLY;
const wanted = ENGINES.filter(({ engine }) => !only || engine.name.includes(only));
const running: RunningEngine[] = [];
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const server = await startServer();
try {
  for (const kind of wanted) await start(kind);
  if (running.length > 0) {
    if (!process.env.AGENTS_BUILT) execFileSync('npx', ['tsx', '.build/build.ts'], { stdio: 'inherit' });
    await runTests(server?.env ?? {});
    countReport(REPORT);
  }
} finally {
  await Promise.all(running.map(({ stop }) => stop()));
  await server?.stop();
}
process.exit();

async function startServer(): Promise<LiveKitServer | null> {
  rmSync(PIDS, { recursive: true, force: true });
  if (!wanted.some(({ needsLivekitServer }) => needsLivekitServer)) return null;
  const found = findLiveKitServer((line) => console.log(line), !process.env.CI);
  if ('path' in found) return startLiveKitServer(found.path);
  console.log(`Agents: ${found.missing}.`);
  return null;
}

async function start(kind: EngineKind): Promise<void> {
  const { name } = kind.engine;
  if (kind.needsLivekitServer && !server)
    return console.log(`Agents: ${name} is not tested, for want of a server`);
  try {
    kind.prepare(!process.env.CI);
    running.push(await startEngine(kind, server?.env ?? {}, PIDS));
    console.log(`Agents: ${name} is ready`);
  } catch (error) {
    console.log(`Agents: ${name} is not tested: ${(error as Error).message}`);
  }
}

async function runTests(env: Record<string, string>): Promise<void> {
  const tests = spawn(
    'npx',
    ['playwright', 'test', '--config', 'test/agents/playwright.config.ts', ...process.argv.slice(2)],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        ...env,
        AGENT_ENGINES: JSON.stringify(running.map(({ engine }) => engine)),
        AGENT_PIDS: PIDS,
        PLAYWRIGHT_JSON_OUTPUT_FILE: REPORT,
      },
    },
  );
  await once(tests, 'exit');
}
