import { delimiter } from 'node:path';
import { startBackend } from './start-backend.js';

const port = Number(process.env['PORT'] ?? 4002);
const staticDirs = (process.env['STATIC_DIRS'] ?? '')
  .split(delimiter)
  .filter((directory) => directory !== '');

const backend = await startBackend({ port, host: process.env['HOST'], staticDirs });
console.log(`osmTalk local backend on ${backend.url}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void backend.close());
}
