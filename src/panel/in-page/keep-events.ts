import type { KeptHost } from './kept-host.js';

/**
 * The events on which pages act in ways that a visitor of the widget does not mean: shortcuts, "a press outside", focus traps.
 */
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

/** Modals of the page: a modal's focus trap would take the focus back as it moves to the widget. */
const MODAL = 'dialog, [role=dialog], [role=alertdialog], [aria-modal=true]';

/**
 * Hides what a visitor does in the widget from the page's own listeners, those in the capture phase included: an event is
 * stopped at the window, and a copy of it is dispatched inside the shadow root alone. Only older listeners of the window still
 * see the event. Events from a slot are the page's, and so are all that it may want to count: clicks, input, our own events.
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

/**
 * Whether a key is for the page: every key on the launcher, where a page's shortcuts go on working; Escape and Tab in an inline
 * panel, which is part of the page.
 */
function isForPage(event: Event, target: Element, host: KeptHost): boolean {
  if (!(event instanceof KeyboardEvent)) return false;
  const isPages = host.layout === 'inline' && (event.key === 'Escape' || event.key === 'Tab');
  return isPages || !target.closest('.panel-place, .call-bar');
}

function innerTarget(event: Event, host: Element, shadowRoot: ShadowRoot): Element | null {
  const [target] = event.composedPath();
  // Where a page has made the root closed, only the host is visible here.
  if (target === host) return shadowRoot.activeElement;
  return target instanceof Element && shadowRoot.contains(target) ? target : null;
}

/** The fields of a key event that the panel reads. */
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

/** Returns a copy of the event for the shadow root alone. The browser's own action goes on with the real event. */
function inside(event: Event): Event {
  const init = new Proxy(event, {
    get: (from, name) => name !== 'composed' && (Reflect.get(from, name) as unknown),
  });
  // In Firefox every KeyboardEvent leaves the shadow root, even with `composed: false`.
  const isKey = event instanceof KeyboardEvent;
  const copy = new (isKey ? Event : (event.constructor as typeof Event))(event.type, init);
  if (isKey) for (const name of KEY_FIELDS) Reflect.set(copy, name, Reflect.get(event, name));
  return copy;
}
