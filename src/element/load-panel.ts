import type { LocaleName } from '../i18n/locale-name.js';
import { importPanel } from './import-panel.js';
import { whenActivated } from './schedule.js';
import type { CreatePanel, InPageModule } from '../panel/widget-panel.js';

let lastFault = '';

/**
 * Fetches the panel's code and its words: at idle, on the visitor's intent, or when it is needed. What is here is there at
 * once; a failure is tried again.
 */
export async function loadPanel(locale: LocaleName): Promise<CreatePanel> {
  await whenActivated();
  const { createPanel, whenWords } = await importPanel();
  await whenWords(locale);
  return createPanel;
}

/** A visitor presses again and again: the console is told once. */
export function errorOnce(fault: string): void {
  if (fault !== lastFault) console.error(fault);
  lastFault = fault;
}

/** What makes the widget usable whatever the page does, and keeps it there. It has its address from the panel's code. */
export async function loadInPage(): Promise<InPageModule> {
  return (await importPanel()).loadInPage();
}
