import { lazy } from '../async/lazy.js';
import type { PanelModule } from '../panel/widget-panel.js';

/**
 * Loads the panel's code; rejects when that fails, and the next call tries again. In the npm build the site's own bundler
 * resolves the import. The classic script uses `src/embed/import-panel.ts` instead.
 */
export const importPanel = lazy((): Promise<PanelModule> => import('../panel/index.js'));
