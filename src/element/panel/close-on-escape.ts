import type { PanelHost } from '../widget-panel.js';

/** The key is the panel's own then: a dialog of the page around it stays open. */
export function closeOnEscape(
  host: Pick<PanelHost, 'config' | 'container' | 'close'>,
  signal: AbortSignal,
): void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing || host.config.layout === 'inline') return;
    event.stopPropagation();
    host.close();
  };
  host.container.addEventListener('keydown', onKey, { signal });
}
