import type { LocaleName } from '../i18n/locale-name.js';
import { importPanel } from './import-panel.js';
import { whenActivated } from './schedule.js';
import type { CreatePanel, InPageModule } from '../panel/widget-panel.js';

let lastFault = '';

/**
 * Loads the panel's code and its text in `locale`: at idle, on the visitor's intent, or when the panel is needed. Rejects when
 * the code cannot be loaded; the next call tries again.
 */
export async function loadPanel(locale: LocaleName): Promise<CreatePanel> {
  await whenActivated();
  const { createPanel, whenWords } = await importPanel();
  await whenWords(locale);
  return createPanel;
}

/** Logs an error, unless it is the same as the last one: a visitor may press again and again. */
export function errorOnce(fault: string): void {
  if (fault !== lastFault) console.error(fault);
  lastFault = fault;
}

/**
 * Loads the code that makes the widget usable whatever the page does, and keeps it in the page. The panel's code knows the URL
 * of that code. Rejects when either cannot be loaded.
 */
export async function loadInPage(): Promise<InPageModule> {
  return (await importPanel()).loadInPage();
}
