import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readServerAddress } from '../../demo/backend/livekit-server/server-address.js';
import { countReport } from '../support/count-report.js';
import { findLiveKitServer, startLiveKitServer, type LiveKitServer } from './livekit-server.js';

/**
 * `npm run test:livekit`: the LiveKit part of the contract tests against a real LiveKit server, which the agent joins from
 * the backend. Takes the server of `LIVEKIT_URL` (with its key and secret), or starts one. Ends with `N passed, N failed`.
 */
const REPORT = 'test-results/livekit.json';

const server = await findServer();
if (server) {
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  try {
    execFileSync('npx', ['tsx', '.build/build.ts'], { stdio: 'inherit' });
    await runTests(server.env);
  } finally {
    await server.stop();
  }
  countReport(REPORT);
}

async function findServer(): Promise<Pick<LiveKitServer, 'env' | 'stop'> | null> {
  const named = readServerAddress(process.env);
  if (named) {
    console.log(`LiveKit: the server at ${named.socketUrl}`);
    return { env: {}, stop: async () => undefined };
  }
  const found = findLiveKitServer((line) => console.log(line));
  if ('missing' in found) {
    console.log(`LiveKit: not tested, ${found.missing}.`);
    return null;
  }
  const started = await startLiveKitServer(found.path);
  console.log(`LiveKit: ${found.path} at ${started.env.LIVEKIT_URL}`);
  return started;
}

async function runTests(env: Record<string, string>): Promise<void> {
  const config = ['--config', 'test/e2e/playwright.config.ts', '--output', 'test-results/livekit'];
  const tests = spawn(
    'npx',
    [
      'playwright',
      'test',
      'transports',
      'return',
      'room-company',
      'early-words',
      '--grep',
      'LiveKit',
      '--reporter',
      'list,json',
      ...config,
    ],
    { stdio: 'inherit', env: { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: REPORT } },
  );
  await once(tests, 'exit');
}
