/** As many lines as `max-height` in the sheet of the panel has room for. */
const MOST_ROWS = 5;

const fitted = new WeakMap<HTMLTextAreaElement, string>();

/** Lets a text box grow with what is written where the browser does not do so by itself: in Safari before 26.2. */
export function fitRows(container: HTMLElement): void {
  // jsdom has neither.
  if (globalThis.CSS?.supports('field-sizing: content') ?? true) return;
  for (const box of container.querySelectorAll('textarea')) {
    // To measure costs a layout: only of what has changed.
    const state = `${innerWidth} ${box.value}`;
    if (fitted.get(box) === state) continue;
    box.rows = 1;
    while (box.rows < MOST_ROWS && box.scrollHeight > box.clientHeight) box.rows++;
    // In a closed panel nothing has a height.
    if (box.clientHeight) fitted.set(box, state);
  }
}
