import { createLauncher, type Launcher } from './launcher.js';
import { adoptLauncherStyles } from './styles/adopt-launcher-styles.js';

/** The part of the element's shadow tree that exists before the panel's code has loaded. */
export interface Shell {
  /**
   * The element's own root, kept here: a page may wrap `attachShadow` and make it closed, and `host.shadowRoot` is then `null`.
   */
  shadowRoot: ShadowRoot;
  root: HTMLElement;
  panelPlace: HTMLElement;
  launcher: Launcher;
  setHostLayout: (layout: string) => void;
}

/**
 * Builds the launcher and the panel's place in a shadow root. Returns `null` where no styles can be applied: without them, bare
 * buttons and text would show in the middle of the page.
 */
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
