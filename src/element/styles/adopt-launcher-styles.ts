import { adoptStyles, createStyleSheet, knowsConstructedSheets } from '../../ui/adopt-styles.js';
import { launcherStyles } from './launcher-styles.js';

let hosts = 0;

/**
 * Puts the first styles into a shadow root; what it returns is told the layout, and is `null` where styles cannot be had. The
 * host's own box stands in a sheet of each element: while the widget floats there is none, which would take a gap, or a share of
 * the room, in a page that is a flex box or a grid. No selector sees that from the host in all browsers, and a layout that is set
 * as a property is in no attribute.
 */
export function adoptLauncherStyles(shadowRoot: ShadowRoot): ((layout: string) => void) | null {
  // WebKit keeps what it has found for a tree of equal sheets, and its media queries too.
  const id = hosts++;
  const own = knowsConstructedSheets(shadowRoot) ? createStyleSheet('') : null;
  if (own) shadowRoot.adoptedStyleSheets = [own];
  if (!adoptStyles(shadowRoot, launcherStyles)) return null;
  return (layout) =>
    own?.replaceSync(`:host { display: ${layout === 'inline' ? 'block' : 'contents'}; --ow-id: ${id}; }`);
}
