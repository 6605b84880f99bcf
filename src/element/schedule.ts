/** When the page has loaded and has nothing to do; not at all for a visitor who saves data. */
export function whenIdle(run: () => void): void {
  // A visitor who saves data pays for the panel only when they reach for it.
  if ((navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return;
  const idle = (): void =>
    void (globalThis.requestIdleCallback?.(run, { timeout: 4_000 }) ?? setTimeout(run, 1_000));
  const loaded = (): void => {
    if (document.readyState === 'complete') idle();
    else addEventListener('load', idle, { once: true });
  };
  void whenActivated().then(loaded);
}

/** Not while the browser prepares a page that the visitor may never see. */
export function whenActivated(): Promise<void> {
  return new Promise((resolve) => {
    if ((document as { prerendering?: boolean }).prerendering)
      document.addEventListener('prerenderingchange', () => resolve(), { once: true });
    else resolve();
  });
}

/** jsdom draws no frames unless it is asked to. */
export const nextFrame = (run: () => void): unknown => (globalThis.requestAnimationFrame ?? setTimeout)(run);

/** When an element that was only moved is back in the document. */
export function afterTwoFrames(run: () => void): void {
  // A hidden page draws no frames: a timer stands in, or a call would outlive its element there.
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    run();
  };
  nextFrame(() => nextFrame(once));
  setTimeout(once, 100);
}
