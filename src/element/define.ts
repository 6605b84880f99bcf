import { OsmtalkWidget } from './osmtalk-widget.js';

export const TAG_NAME = 'osmtalk-widget';

/** Registers the tag. Does nothing on a server, or when another copy of the widget on the page has registered the tag already. */
export function defineOsmtalkWidget(): void {
  const registry = globalThis.customElements;
  if (registry && !registry.get(TAG_NAME)) registry.define(TAG_NAME, OsmtalkWidget);
}

declare global {
  interface HTMLElementTagNameMap {
    'osmtalk-widget': OsmtalkWidget;
  }
}
