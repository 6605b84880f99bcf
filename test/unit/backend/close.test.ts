import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { dispose } from '@livekit/rtc-node';
import { afterAll, expect, it } from 'vitest';
import type { LiveKitAccess } from '../../../demo/backend/media/media-server.js';
import { RtcCaller } from './rtc-caller.js';
import { callApi, connectTo, startTestBackend } from './start-test-backend.js';

const main = fileURLToPath(new URL('../../../demo/backend/main.ts', import.meta.url));

afterAll(() => dispose());

it('close() frees the port and answers what hangs', async () => {
  const backend = await startTestBackend();
  const hanging = connectTo(backend, 'agent_timeout');
  await connectTo(backend, 'agent_receptionist');
  await callApi(backend, '/calls/outbound', {
    body: { agentId: 'agent_echo', phoneNumberId: 'phone_demo', destination: '+12025550199' },
  });
  await backend.close();
  expect((await hanging).status).toBe(408);
  expect(backend.liveCalls.count()).toBe(0);
  await expect(fetch(backend.url)).rejects.toThrow('fetch failed');
});

it('the process ends by itself after SIGTERM, in the middle of calls', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: { ...process.env, PORT: '0', LIVEKIT_URL: '', LIVEKIT_API_KEY: '', LIVEKIT_API_SECRET: '' },
  });
  let output = '';
  child.stdout.on('data', (data) => (output += String(data)));
  child.stderr.on('data', (data) => (output += String(data)));
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  await expect
    .poll(() => output, { timeout: 30_000 })
    .toMatch(/^osmTalk local backend on http:\/\/localhost:\d+\n$/);
  const url = /http\S+/.exec(output)?.[0] ?? '';
  const headers = { 'x-api-key': 'osm_demo' };
  const connect = `${url}/api/widget/agents/agent_receptionist/connect`;
  const [first] = await Promise.all([
    fetch(connect, { method: 'POST', headers }),
    fetch(connect, { method: 'POST', headers }),
  ]);
  const caller = await RtcCaller.join((await first.json()) as LiveKitAccess);
  await expect.poll(() => caller.loudest, { timeout: 30_000 }).toBeGreaterThan(0.1);
  child.kill('SIGTERM');
  expect(await exited).toBe(0);
  await expect.poll(() => caller.events).toContain('disconnected');
  expect(output.split('\n')).toHaveLength(2);
});
