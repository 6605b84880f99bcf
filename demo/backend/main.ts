import { delimiter } from 'node:path';
import { disposeRtc } from './livekit-server/load-rtc.js';
import { startBackend } from './start-backend.js';

const port = Number(process.env['PORT'] ?? 4002);
const staticDirs = (process.env['STATIC_DIRS'] ?? '')
  .split(delimiter)
  .filter((directory) => directory !== '');

const backend = await startBackend({ port, host: process.env['HOST'], staticDirs });
const media = backend.livekitUrl === undefined ? '' : `, calls through ${backend.livekitUrl}`;
console.log(`osmTalk local backend on ${backend.url}${media}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stop());
}

async function stop(): Promise<void> {
  await backend.close();
  if (backend.livekitUrl !== undefined) await disposeRtc();
}
