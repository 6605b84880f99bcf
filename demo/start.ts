import { execFileSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { buildPage } from './build-page.js';

/** `npm start`: builds the widget and the demo page, then serves both beside the embedded backend, in this one process. */
execFileSync('npx', ['tsx', '.build/build.ts'], { stdio: 'inherit' });
process.env.STATIC_DIRS = [await buildPage(), 'dist'].join(delimiter);
await import('./backend/main.js');
