export const frameMs = 20;

/** How far a busy machine may fall behind before frames are dropped: more in one burst is worse than a gap. */
const mostFramesAtOnce = 10;

/** Calls `send` once for every 20 ms that pass, without drift. Answers the function that stops it. */
export function everyFrame(send: () => void): () => void {
  const startedAt = performance.now();
  let done = 0;
  const timer = setInterval(() => {
    const due = Math.floor((performance.now() - startedAt) / frameMs);
    for (let sent = 0; done < due && sent < mostFramesAtOnce; sent += 1) {
      done += 1;
      send();
    }
    done = due;
  }, frameMs / 2);
  return () => clearInterval(timer);
}
