import { OsmtalkWidget } from './osmtalk-widget.js';

export const TAG_NAME = 'osmtalk-widget';

/** Registers the tag. A second copy of the widget on one page leaves the first in place. */
export function defineOsmtalkWidget(): void {
  const registry = globalThis.customElements;
  if (registry && !registry.get(TAG_NAME)) registry.define(TAG_NAME, OsmtalkWidget);
}

declare global {
  interface HTMLElementTagNameMap {
    'osmtalk-widget': OsmtalkWidget;
  }
}
