import type { KeptHost } from './kept-host.js';

/**
 * Where the launcher's own button is not to be seen, gives the focus back to what the panel was opened from, a button of the page
 * for example, when the panel closes with the focus in it.
 */
export function returnFocus(host: KeptHost, shadowRoot: ShadowRoot, signal: AbortSignal): void {
  let opener: HTMLElement | null = null;
  const onOpen = (): void => {
    const focused = document.activeElement === host ? shadowRoot.activeElement : document.activeElement;
    opener = focused instanceof HTMLElement && !focused.closest('.panel') ? focused : null;
  };
  const onClose = (): void => {
    const button = shadowRoot.querySelector('.launcher slot > button');
    const isLost = document.activeElement === host || document.activeElement === document.body;
    if (button?.getClientRects().length === 0 && isLost && opener?.isConnected)
      opener.focus({ preventScroll: true });
    opener = null;
  };
  host.addEventListener('osmtalk-open', onOpen, { signal });
  host.addEventListener('osmtalk-close', onClose, { signal });
  // The panel was opened while this code was loaded.
  if (host.open) onOpen();
}
