import { knowsConstructedSheets } from '../../ui/adopt-styles.js';

/** A browser bar that slides in and out takes less than this, in CSS pixels; a screen keyboard takes more. */
const KEYBOARD_PX = 120;

/**
 * On a phone, where the panel fills the screen, keeps the panel within what the screen keyboard leaves free, so that the
 * message box is never under the keyboard. Uses a constructed sheet: a `style` attribute breaks under a strict
 * Content-Security-Policy.
 */
export function keepAboveKeyboard(shadowRoot: ShadowRoot, signal: AbortSignal): void {
  const view = globalThis.visualViewport;
  if (!view || !knowsConstructedSheets(shadowRoot)) return;
  const sheet = new CSSStyleSheet();
  shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheet];
  const fit = (): void => {
    const isCovered = innerHeight - view.height > KEYBOARD_PX && view.scale < 1.1;
    sheet.replaceSync(
      isCovered
        ? `@media (max-width: 30em), (max-height: 30em) { .root:not([data-layout=inline])[data-open] .panel { bottom: auto; top: ${view.offsetTop}px; height: ${view.height}px; } }`
        : '',
    );
  };
  view.addEventListener('resize', fit, { signal });
  view.addEventListener('scroll', fit, { signal });
  // The keyboard may have come before this code.
  fit();
}
