import { knowsConstructedSheets } from '../../ui/adopt-styles.js';

/** From this width of the window on, the page has room enough beside the panel. */
const WIDE_ENOUGH = '64em';

/**
 * While a panel of `layout="side"` is open on a wide window, the page ends beside it, by a margin of the page's root element.
 * Where constructed sheets are unknown, the panel covers the page's edge. Undone with the panel, and when `signal` aborts.
 */
export function makeRoomBeside(root: HTMLElement, signal: AbortSignal): void {
  if (!knowsConstructedSheets(document)) return;
  const sheet = new CSSStyleSheet();
  const remove = (): void => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  };
  const look = (): void => {
    remove();
    const isBeside = root.dataset['layout'] === 'side' && root.hasAttribute('data-open');
    if (!isBeside || signal.aborted) return;
    const width = root.querySelector('.panel')?.getBoundingClientRect().width ?? 0;
    const side = root.dataset['placement']?.endsWith('left') ? 'left' : 'right';
    sheet.replaceSync(
      `@media (min-width: ${WIDE_ENOUGH}) { :root { margin-${side}: ${width}px !important; } }`,
    );
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  };
  const observer = new MutationObserver(look);
  observer.observe(root, { attributeFilter: ['data-layout', 'data-open', 'data-placement'] });
  signal.addEventListener(
    'abort',
    () => {
      observer.disconnect();
      remove();
    },
    { once: true },
  );
  look();
}
