import { engineConfig } from '../engines/vitest-config.js';
import { startFirefox } from './firefox.js';

export default engineConfig('firefox', () => startFirefox({ width: 1200, height: 900 }));
