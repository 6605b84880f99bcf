/** A page that is not in sight has no frames; a busy one has few. */
const LONGEST_FRAME_MS = 1_000;

/**
 * What it returns asks for `work`: done at the end of the running task when the panel has been at rest, else with the next
 * frame, however often it is asked for. A flood of events costs no more than the frames that show it. And nothing grows
 * between a frame, which scrolls to the end, and the next, which tells of that scrolling and would find it short of the end.
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
  // jsdom draws none at all.
  (globalThis.requestAnimationFrame ?? setTimeout)(go);
}
