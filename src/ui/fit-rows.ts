/** The number of lines that `max-height` in the panel's sheet has room for. */
const MOST_ROWS = 5;

const fitted = new WeakMap<HTMLTextAreaElement, string>();

/** Lets text boxes grow with their content where the browser does not do that by itself: in Safari before 26.2. */
export function fitRows(container: HTMLElement): void {
  // jsdom knows neither `CSS` nor heights.
  if (globalThis.CSS?.supports('field-sizing: content') ?? true) return;
  for (const box of container.querySelectorAll('textarea')) {
    // Measuring costs a layout, so only a box that has changed is measured.
    const state = `${innerWidth} ${box.value}`;
    if (fitted.get(box) === state) continue;
    box.rows = 1;
    while (box.rows < MOST_ROWS && box.scrollHeight > box.clientHeight) box.rows++;
    // In a closed panel the box has no height, and is measured again later.
    if (box.clientHeight) fitted.set(box, state);
  }
}
