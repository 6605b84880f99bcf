import { execFileSync } from 'node:child_process';
import { startBackend } from './backend/start-backend.js';
import { buildPage } from './build-page.js';

/** `npm start`: builds the widget and the demo page, then serves both beside the embedded backend, in this one process. */
const port = Number(process.env.PORT ?? 4002);

execFileSync('npx', ['tsx', '.ci/build.ts'], { stdio: 'inherit' });
const backend = await startBackend({ port, staticDirs: [await buildPage(), 'dist'] });
console.log(`Demo page and embedded backend: ${backend.url}/`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void backend.close());
