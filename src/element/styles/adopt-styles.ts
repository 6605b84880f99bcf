import { createStyleSheet } from './launcher-styles.js';

/** One sheet for all widgets of the page. */
const sheets = new Map<string, CSSStyleSheet>();

/** Adds these styles to a shadow root, once. */
export function adoptStyles(shadowRoot: ShadowRoot, css: string): void {
  let sheet = sheets.get(css);
  if (!sheet) {
    sheet = createStyleSheet(css);
    sheets.set(css, sheet);
  }
  const { adoptedStyleSheets } = shadowRoot;
  if (!adoptedStyleSheets.includes(sheet)) shadowRoot.adoptedStyleSheets = [...adoptedStyleSheets, sheet];
}
