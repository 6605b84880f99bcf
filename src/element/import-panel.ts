import { lazy } from '../async/lazy.js';
import type { PanelModule } from '../panel/widget-panel.js';

/** From npm, the site's own bundler knows where the panel is. The classic script has `src/embed/import-panel.ts` in its place. */
export const importPanel = lazy((): Promise<PanelModule> => import('../panel/index.js'));
