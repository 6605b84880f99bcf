/** Calls `run` when the page has loaded and is idle; never for a visitor whose browser saves data. */
export function whenIdle(run: () => void): void {
  // A visitor who saves data downloads the panel only when they reach for it.
  if ((navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return;
  const idle = (): void =>
    void (globalThis.requestIdleCallback?.(run, { timeout: 4_000 }) ?? setTimeout(run, 1_000));
  const loaded = (): void => {
    if (document.readyState === 'complete') idle();
    else addEventListener('load', idle, { once: true });
  };
  void whenActivated().then(loaded);
}

/**
 * Resolves at once or, while the browser prerenders a page that the visitor may never see, when the page is shown. Never
 * rejects.
 */
export function whenActivated(): Promise<void> {
  return new Promise((resolve) => {
    if ((document as { prerendering?: boolean }).prerendering)
      document.addEventListener('prerenderingchange', () => resolve(), { once: true });
    else resolve();
  });
}

/** Calls `run` at once, or when the whole page has been parsed. */
export function whenParsed(run: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', run, { once: true });
  else run();
}

/** Calls `run` in the next frame; by `setTimeout` in jsdom, which draws no frames unless it is asked to. */
export const nextFrame = (run: () => void): unknown => (globalThis.requestAnimationFrame ?? setTimeout)(run);

/** Calls `run` once, after two frames or 100 ms: an element that was only moved is back in the document by then. */
export function afterTwoFrames(run: () => void): void {
  // A hidden page draws no frames. Without the timer, a call there would outlive its element.
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    run();
  };
  nextFrame(() => nextFrame(once));
  setTimeout(once, 100);
}
