import type { CreatePanel, InPageModule } from '../widget-panel.js';
import { Panel } from './panel.js';

export { whenWords } from './panel-words.js';
export const createPanel: CreatePanel = (host) => new Panel(host);
export const loadInPage = (): Promise<InPageModule> => import('./in-page/in-page.js');
