import { lazy } from '../async/lazy.js';
import type { PanelHost } from '../contract/panel-host.js';

const load = lazy(() => import('./room/index.js'));

/**
 * Makes panel and page leave each other room. Called when the panel opens. Where the code cannot be loaded, the panel is usable
 * and covers more of the page; the next opening tries again. Never rejects.
 */
export async function loadRoom(host: PanelHost, signal: AbortSignal): Promise<void> {
  const room = await load().catch(() => null);
  if (!signal.aborted) room?.keepRoom(host, signal);
}
