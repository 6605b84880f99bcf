import type { KeptHost } from './kept-host.js';

/** What pages act on in ways that a visitor of the widget does not mean: shortcuts, "a press outside", focus traps. */
const KEPT = [
  'keydown',
  'keypress',
  'keyup',
  'paste',
  'pointerdown',
  'mousedown',
  'touchstart',
  'focus',
  'focusin',
];

/** A modal of the page, whose trap would fetch the focus back as it leaves for the widget. */
const MODAL = 'dialog, [role=dialog], [role=alertdialog], [aria-modal=true]';

/**
 * Keeps what a visitor does in the widget from the page's own listeners, those in the capture phase included: caught at the
 * window, it goes on inside the shadow root alone. Only listeners of the window that are older still see it. What comes
 * from a slot is the page's, and so is all that it may want to count: clicks, input, our own events.
 */
export function keepEvents(host: KeptHost, shadowRoot: ShadowRoot, signal: AbortSignal): void {
  const keepIn = (event: Event): void => {
    const target = innerTarget(event, host, shadowRoot);
    if (!target || isForPage(event, target, host)) return;
    event.stopImmediatePropagation();
    if (!target.dispatchEvent(inside(event))) event.preventDefault();
  };
  for (const type of KEPT)
    addEventListener(type, keepIn, { capture: true, passive: type === 'touchstart', signal });
  const leaveAlone = (event: FocusEvent): void => {
    if (event.relatedTarget === host && (event.target as Element).closest(MODAL))
      event.stopImmediatePropagation();
  };
  addEventListener('focusout', leaveAlone, { capture: true, signal });
}

/** The launcher uses no key that a page might want, and a panel that is part of a page has its Escape and its Tab of it. */
function isForPage(event: Event, target: Element, host: KeptHost): boolean {
  if (!(event instanceof KeyboardEvent)) return false;
  const isPages = host.layout === 'inline' && (event.key === 'Escape' || event.key === 'Tab');
  return isPages || !target.closest('.panel-place');
}

function innerTarget(event: Event, host: Element, shadowRoot: ShadowRoot): Element | null {
  const [target] = event.composedPath();
  // A page may have made the root a closed one, and sees the host alone.
  if (target === host) return shadowRoot.activeElement;
  return target instanceof Element && shadowRoot.contains(target) ? target : null;
}

/** What the panel reads of a key. */
const KEY_FIELDS = [
  'key',
  'code',
  'keyCode',
  'isComposing',
  'shiftKey',
  'ctrlKey',
  'altKey',
  'metaKey',
  'repeat',
];

/** The same event, for the shadow root alone. What the browser itself does about it goes on with the real one. */
function inside(event: Event): Event {
  const init = new Proxy(event, {
    get: (from, name) => name !== 'composed' && (Reflect.get(from, name) as unknown),
  });
  // In Firefox every KeyboardEvent leaves the shadow root, whatever it is told.
  const isKey = event instanceof KeyboardEvent;
  const copy = new (isKey ? Event : (event.constructor as typeof Event))(event.type, init);
  if (isKey) for (const name of KEY_FIELDS) Reflect.set(copy, name, Reflect.get(event, name));
  return copy;
}
