import { adoptStyles, createStyleSheet, knowsConstructedSheets } from '../../ui/adopt-styles.js';
import { launcherStyles } from './launcher-styles.js';

let hosts = 0;

/**
 * Puts the launcher's styles into a shadow root. Returns a function that sets the layout, or `null` where no styles can be
 * applied. Each element has a sheet of its own for the host's `display`. A floating widget's host has no box: a box would take
 * a gap, or a share of the space, in a page that is a flexbox or a grid. No selector for this works from the host in all
 * browsers, and a layout that is set as a property is in no attribute.
 */
export function adoptLauncherStyles(shadowRoot: ShadowRoot): ((layout: string) => void) | null {
  // WebKit shares what it has resolved, media queries included, between trees with equal sheets: the id makes each sheet
  // differ.
  const id = hosts++;
  const own = knowsConstructedSheets(shadowRoot) ? createStyleSheet('') : null;
  if (own) shadowRoot.adoptedStyleSheets = [own];
  if (!adoptStyles(shadowRoot, launcherStyles)) return null;
  return (layout) =>
    own?.replaceSync(`:host { display: ${layout === 'inline' ? 'block' : 'contents'}; --ow-id: ${id}; }`);
}
