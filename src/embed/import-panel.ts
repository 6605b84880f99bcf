import { lazy } from '../async/lazy.js';
import type { PanelModule } from '../panel/widget-panel.js';
import { importBeside } from './import-beside.js';

/** The file name `chunks/panel-….js`, which the build fills in. */
declare const PANEL_FILE: string;

/** Imports the panel for the classic script. Rejects when it cannot be had; the next call tries again. */
export const importPanel = lazy(() => importBeside(PANEL_FILE) as Promise<PanelModule>);
