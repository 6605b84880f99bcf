import type { PanelHost } from '../../contract/panel-host.js';
import { keepAboveKeyboard } from './above-keyboard.js';
import { makeRoomBeside } from './room-beside.js';

/** The panels that are looked after. */
const kept = new WeakSet<ShadowRoot>();

/** From now on the panel of this element and its page leave each other room: above a keyboard, and beside the page. */
export function keepRoom({ shadowRoot, container }: PanelHost, signal: AbortSignal): void {
  const root = container.parentElement;
  if (!root || kept.has(shadowRoot)) return;
  kept.add(shadowRoot);
  signal.addEventListener('abort', () => kept.delete(shadowRoot), { once: true });
  keepAboveKeyboard(shadowRoot, signal);
  makeRoomBeside(root, signal);
}
