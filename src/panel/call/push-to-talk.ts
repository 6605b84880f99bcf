/** Elements that use the space bar themselves. */
const TAKES_SPACE = 'button, input, select, textarea, summary, a, [role=button], [contenteditable]';

export interface PushToTalkOptions {
  container: HTMLElement;
  signal: AbortSignal;
  /** Whether holding the space bar should open the microphone now: in a call, muted. */
  isMuted: () => boolean;
  setMuted: (muted: boolean) => void;
}

/** While the visitor is muted, the microphone is open as long as the space bar is held, wherever in the panel. */
export function listenForPushToTalk({ container, signal, isMuted, setMuted }: PushToTalkOptions): void {
  let talking = false;
  const stop = (): void => {
    if (!talking) return;
    talking = false;
    setMuted(true);
  };
  container.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== ' ' || event.ctrlKey || event.altKey || event.metaKey || takesSpace(event)) return;
      if (!talking && !isMuted()) return;
      // The page must not scroll under a visitor who talks.
      event.preventDefault();
      if (talking || event.repeat) return;
      talking = true;
      setMuted(false);
    },
    { signal },
  );
  container.addEventListener('keyup', (event) => event.key === ' ' && stop(), { signal });
  // The key may be released in another window.
  container.addEventListener('focusout', stop, { signal });
  addEventListener('blur', stop, { signal });
}

function takesSpace(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof Element && target.closest(TAKES_SPACE) !== null;
}
