/** The constructed sheets by their CSS: all widgets of the page share them. */
const sheets = new Map<string, CSSStyleSheet>();

/** Whether the browser has constructed sheets; Safari before 16.4 and jsdom have none. */
export function knowsConstructedSheets(root: DocumentOrShadowRoot): boolean {
  return 'adoptedStyleSheets' in root && 'replaceSync' in CSSStyleSheet.prototype;
}

/**
 * Adds these styles to a shadow root: as a constructed sheet, once; or by a `<style>` element where the browser has no
 * constructed sheets. Returns `false` when the page's policy forbids that element.
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
  // In jsdom a style of a shadow tree has no sheet; but there are no policies either.
  if (style.sheet !== null || !('SecurityPolicyViolationEvent' in globalThis)) return true;
  console.warn('<osmtalk-widget> needs a newer browser');
  return false;
}

/** Creates a constructed sheet, which any `style-src` policy allows. */
export function createStyleSheet(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
