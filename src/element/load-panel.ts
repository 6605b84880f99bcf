import type { LocaleName } from '../i18n/locale-name.js';
import { importPanel } from './import-panel.js';
import { whenActivated } from './schedule.js';
import type { CreatePanel, InPageModule, PanelModule } from '../panel/widget-panel.js';

/**
 * Loads the panel's code and its text in `locale`: at idle, on the visitor's intent, or when the panel is needed. Rejects when
 * the code cannot be loaded; the next call tries again.
 */
export async function loadPanel(locale: LocaleName): Promise<CreatePanel> {
  const { createPanel, whenWords } = await loadModule();
  await whenWords(locale);
  return createPanel;
}

/**
 * Loads the code that makes the widget usable whatever the page does, and keeps it in the page. The panel's code knows the URL
 * of that code. Rejects when either cannot be loaded.
 */
export async function loadInPage(): Promise<InPageModule> {
  return (await loadModule()).loadInPage();
}

const loadModule = (): Promise<PanelModule> => whenActivated().then(importPanel);
