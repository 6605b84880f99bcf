/** A hidden page draws no frames, and a busy one few: work waits at most this long for a frame. */
const LONGEST_FRAME_MS = 1_000;

/**
 * Returns a function that requests `work`. After a rest, `work` runs at the end of the current task; otherwise it runs in the
 * next frame, however often it is requested, so that a flood of events costs no more than the frames that show it. The content
 * also cannot grow between a frame that scrolls to the end and the next one, whose scroll event would find the box short of the
 * end.
 */
export function onceAFrame(work: () => void): () => void {
  let isAsked = false;
  let isAtRest = true;
  const run = (): void => {
    isAsked = isAtRest = false;
    onFrame(() => (isAsked ? run() : onFrame(rest)));
    work();
  };
  const rest = (): void => {
    if (isAsked) run();
    else isAtRest = true;
  };
  return () => {
    if (isAsked) return;
    isAsked = true;
    if (isAtRest) queueMicrotask(run);
  };
}

function onFrame(then: () => void): void {
  let isOver = false;
  const go = (): void => {
    clearTimeout(timer);
    if (isOver) return;
    isOver = true;
    then();
  };
  const timer = setTimeout(go, LONGEST_FRAME_MS);
  // jsdom draws no frames at all.
  (globalThis.requestAnimationFrame ?? setTimeout)(go);
}
