import { createLauncher, type Launcher } from './launcher.js';
import { adoptLauncherStyles } from './styles/adopt-launcher-styles.js';

/** What stands in the element's shadow tree before the panel's code is here. */
export interface Shell {
  /** The element's own: a page may wrap `attachShadow` and make it a closed one. */
  shadowRoot: ShadowRoot;
  root: HTMLElement;
  panelPlace: HTMLElement;
  launcher: Launcher;
  setHostLayout: (layout: string) => void;
}

/** `null` where styles cannot be had: it would stand in the middle of the page, as bare buttons and words. */
export function buildShell(host: HTMLElement, onPress: () => void, onIntent: () => void): Shell | null {
  const shadowRoot = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const setHostLayout = adoptLauncherStyles(shadowRoot);
  if (!setHostLayout) return null;
  const launcher = createLauncher(onPress, onIntent);
  const panelPlace = document.createElement('div');
  panelPlace.className = 'panel-place';
  const root = document.createElement('div');
  root.className = 'root';
  root.append(panelPlace, launcher.root);
  shadowRoot.append(root);
  return { shadowRoot, root, panelPlace, launcher, setHostLayout };
}
