import { lazy } from '../async/lazy.js';
import type { CreatePanel } from './widget-panel.js';
import { Panel } from './panel.js';

export { whenWords } from './panel-strings.js';
export const createPanel: CreatePanel = (host) => new Panel(host);
export const loadInPage = lazy(() => import('./in-page/index.js'));
