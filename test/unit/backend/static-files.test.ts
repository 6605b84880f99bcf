import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { serveStatic } from '../../../demo/backend/http/static-files.js';
import { startTestBackend } from './start-test-backend.js';

let root: string;
let directories: string[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'static-'));
  directories = [join(root, 'one'), join(root, 'two')];
  await mkdir(join(root, 'one', 'sub'), { recursive: true });
  await mkdir(join(root, 'two'));
  await Promise.all([
    writeFile(join(root, 'secret.txt'), 'secret'),
    writeFile(join(root, 'one', '.env'), 'secret'),
    writeFile(join(root, 'one', 'index.html'), '<p>one'),
    writeFile(join(root, 'one', 'sub', 'index.html'), '<p>sub'),
    writeFile(join(root, 'two', 'index.html'), '<p>two'),
    writeFile(join(root, 'two', 'a file.js'), 'export {}'),
    symlink(join(root, 'secret.txt'), join(root, 'one', 'link.txt')),
  ]);
});

afterEach(() => rm(root, { recursive: true }));

const get = (path: string, method = 'GET'): Promise<Response | undefined> =>
  serveStatic(new Request(`http://localhost${path}`, { method }), directories);

it('finds a file in the first directory that has it', async () => {
  expect(await (await get('/'))?.text()).toBe('<p>one');
  expect(await (await get('/sub/'))?.text()).toBe('<p>sub');
  const script = await get('/a%20file.js');
  expect(await script?.text()).toBe('export {}');
  expect(script?.headers.get('content-type')).toContain('text/javascript');
  expect(script?.headers.get('cache-control')).toBe('no-cache');
  expect(script?.headers.get('x-content-type-options')).toBe('nosniff');
});

it('answers HEAD without a body, and no other method', async () => {
  const head = await get('/', 'HEAD');
  expect([head?.status, head?.headers.get('content-length'), await head?.text()]).toEqual([200, '6', '']);
  expect(await get('/', 'POST')).toBeUndefined();
});

it.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/sub/..%2f..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/..%5csecret.txt',
  '/link.txt',
  '/.env',
  '/%00',
  '/%',
  '/missing.js',
])('%s is not there', async (path) => {
  expect(await get(path)).toBeUndefined();
});

it('does not leave its directory for a raw path either', async () => {
  const backend = await startTestBackend({ staticDirs: directories });
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(backend.port, '127.0.0.1');
    let text = '';
    socket.on('data', (data) => (text += data.toString()));
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
    socket.write('GET /../secret.txt HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
  });
  expect(answer).toMatch(/^HTTP\/1.1 404/);
  expect(answer).not.toContain('secret');
});
