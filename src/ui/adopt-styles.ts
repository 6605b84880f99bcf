/** One sheet for all widgets of the page. */
const sheets = new Map<string, CSSStyleSheet>();

/** Not in Safari before 16.4, nor in jsdom. */
export function knowsConstructedSheets(shadowRoot: ShadowRoot): boolean {
  return 'adoptedStyleSheets' in shadowRoot && 'replaceSync' in CSSStyleSheet.prototype;
}

/**
 * Adds these styles to a shadow root, once. Where the browser has no constructed sheets, by a `<style>` element; `false`
 * when the page's policy forbids that.
 */
export function adoptStyles(shadowRoot: ShadowRoot, css: string): boolean {
  if (!knowsConstructedSheets(shadowRoot)) return appendStyles(shadowRoot, css);
  let sheet = sheets.get(css);
  if (!sheet) {
    sheet = createStyleSheet(css);
    sheets.set(css, sheet);
  }
  const { adoptedStyleSheets } = shadowRoot;
  if (!adoptedStyleSheets.includes(sheet)) shadowRoot.adoptedStyleSheets = [...adoptedStyleSheets, sheet];
  return true;
}

function appendStyles(shadowRoot: ShadowRoot, css: string): boolean {
  const style = document.createElement('style');
  style.textContent = css;
  shadowRoot.append(style);
  // jsdom has no sheets in a shadow tree, and no policies either.
  if (style.sheet !== null || !('SecurityPolicyViolationEvent' in globalThis)) return true;
  console.warn('<osmtalk-widget> needs a newer browser');
  return false;
}

/** A constructed sheet is allowed under any `style-src`. One for all elements of the page. */
export function createStyleSheet(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
