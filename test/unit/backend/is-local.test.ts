import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { startTestBackend } from './start-test-backend.js';

/** The status of a request with exactly these headers. */
async function statusOf(port: number, head: string, target = 'GET /api/demo/requests'): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`${target} HTTP/1.1\r\nconnection: close\r\n${head}\r\n\r\n`);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer.slice(9, 12);
}

const HOOKS = ['GET /api/demo/requests', 'OPTIONS /api/demo/faults', 'GET /api/widget/agents'];
const UPGRADE =
  'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAA';

it.each([
  'host: evil.com',
  'host: evil.com:4002',
  'host: localhost.evil.com',
  'host: 192.168.1.2',
  'host: 127.0.0.1.evil.com',
  'host: localhost\r\norigin: https://evil.com',
  'host: localhost\r\norigin: null',
  'host: localhost\r\norigin: http://localhost.evil.com',
  'host: localhost\r\norigin: file://localhost',
])('a page elsewhere is not answered: %j', async (head) => {
  const { port } = await startTestBackend();
  for (const hook of HOOKS) expect(await statusOf(port, head, hook)).toBe('403');
  expect(await statusOf(port, `${head}\r\n${UPGRADE}`, 'GET /rtc')).toBe('403');
});

it.each([
  'host: localhost',
  'host: localhost:4002',
  'host: 127.0.0.1:4002',
  'host: [::1]:4002',
  'host: app.localhost',
  'host: localhost\r\norigin: http://localhost:5173',
  'host: localhost\r\norigin: http://127.0.0.1:5173',
  'host: localhost\r\norigin: https://shop.localhost',
])('a page of this machine is answered: %j', async (head) => {
  const { port } = await startTestBackend();
  expect(await statusOf(port, head)).toBe('200');
});

it('anybody is answered when the developer says so', async () => {
  const { port } = await startTestBackend({ openTo: 'anybody' });
  expect(await statusOf(port, 'host: 192.168.1.2:4002\r\norigin: https://site.example')).toBe('200');
});
