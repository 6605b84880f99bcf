import type { CreatePanel } from './widget-panel.js';

/** Fetches the panel's code: at idle, on the visitor's intent, or when it is needed. The browser caches a success. */
export async function loadPanel(): Promise<CreatePanel> {
  return (await import('./panel/create-panel.js')).createPanel;
}
