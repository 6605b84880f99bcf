import type { PanelHost } from '../contract/panel-host.js';
import { isComposing } from '../ui/is-composing.js';

/**
 * Closes the floating panel on Escape. The key is then used up: a dialog of the page around the panel, which closes unless the
 * key is prevented, stays open.
 */
export function closeOnEscape(
  host: Pick<PanelHost, 'config' | 'container' | 'close'>,
  signal: AbortSignal,
): void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || isComposing(event) || host.config.layout === 'inline') return;
    event.preventDefault();
    event.stopPropagation();
    host.close();
  };
  host.container.addEventListener('keydown', onKey, { signal });
}
