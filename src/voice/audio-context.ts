/** How long the context may take to start: a browser that allows it needs a few milliseconds, one that does not never answers. */
const START_LIMIT_MS = 1_000;

/**
 * Opens a running audio context, which the caller must close; `null` where there is none, the browser does not let it run, or
 * `signal` aborts.
 */
export async function openAudioContext(signal: AbortSignal): Promise<AudioContext | null> {
  const context = createContext();
  if (!context) return null;
  if (await starts(context, signal)) return context;
  await closeAudioContext(context);
  return null;
}

export async function closeAudioContext(context: AudioContext): Promise<void> {
  await context.close().catch(() => undefined);
}

function createContext(): AudioContext | null {
  try {
    return new AudioContext();
  } catch {
    // The browser has no AudioContext, or the hardware allows no further one.
    return null;
  }
}

function starts(context: AudioContext, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const done = new AbortController();
    const settle = (): void => {
      clearTimeout(limit);
      done.abort();
      resolve(context.state === 'running' && !signal.aborted);
    };
    const limit = setTimeout(settle, START_LIMIT_MS);
    context.addEventListener('statechange', settle, { signal: done.signal });
    signal.addEventListener('abort', settle, { signal: done.signal });
    if (signal.aborted || context.state === 'running') return settle();
    context.resume().catch(settle);
  });
}
