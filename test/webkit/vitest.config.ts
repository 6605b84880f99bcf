import { resolve } from 'node:path';
import { engineConfig } from '../engines/vitest-config.js';
import { startWebKit } from './webkit.js';

const scripts = [resolve(import.meta.dirname, 'stub-rtc.js')];

export default engineConfig('webkit', () =>
  startWebKit({ scripts, autoplay: 'allow', width: 1200, height: 900 }),
);
