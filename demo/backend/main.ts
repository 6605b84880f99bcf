import { delimiter } from 'node:path';
import { disposeRtc } from './livekit-server/load-rtc.js';
import { startBackend } from './start-backend.js';

const port = Number(process.env['PORT'] ?? 4002);
const staticDirs = (process.env['STATIC_DIRS'] ?? '')
  .split(delimiter)
  .filter((directory) => directory !== '');

/** With `OPEN_TO=anybody` pages of every host may use it, and its test hooks. */
const openTo = process.env['OPEN_TO'] === 'anybody' ? 'anybody' : 'localhost';

const backend = await startBackend({ port, host: process.env['HOST'], openTo, staticDirs });
const media = backend.livekitUrl === undefined ? '' : `, calls through ${backend.livekitUrl}`;
console.log(`osmTalk local backend on ${backend.url}${media}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stop());
}

async function stop(): Promise<void> {
  await backend.close();
  if (backend.livekitUrl !== undefined) await disposeRtc();
}
