/** A page that is not in sight has no frames. Not less: what is drawn between two frames is not yet scrolled to when the next begins. */
const LONGEST_FRAME_MS = 1_000;
/** jsdom draws none at all. */
const WITHOUT_FRAMES_MS = 16;

/**
 * What it returns asks for `work`: done at the end of the running task, and then once a frame at the most, however often it
 * is asked for. A flood of events costs no more than the frames that show it.
 */
export function onceAFrame(work: () => void): () => void {
  let isAsked = false;
  let isDrawn = true;
  const run = (): void => {
    isAsked = isDrawn = false;
    const onFrame = (): void => {
      clearTimeout(timer);
      if (frame !== undefined) cancelAnimationFrame(frame);
      isDrawn = true;
      if (isAsked) run();
    };
    const frame = globalThis.requestAnimationFrame?.(onFrame);
    const timer = setTimeout(onFrame, frame === undefined ? WITHOUT_FRAMES_MS : LONGEST_FRAME_MS);
    work();
  };
  return () => {
    if (isAsked) return;
    isAsked = true;
    if (isDrawn) queueMicrotask(run);
  };
}
