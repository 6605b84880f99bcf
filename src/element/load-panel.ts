import type { LocaleName } from '../i18n/locale-name.js';
import type { CreatePanel, PanelModule } from './widget-panel.js';

/** Fetches the panel's code and its words: at idle, on the visitor's intent, or when it is needed. The browser caches a success. */
export async function loadPanel(locale: LocaleName): Promise<CreatePanel> {
  const { createPanel, whenWords }: PanelModule = await import('./panel/create-panel.js');
  await whenWords(locale);
  return createPanel;
}
