/** An element that the script itself put into the page. */
export interface KeptElement {
  element: HTMLElement;
  /** Whether it was removed by its own `remove()`, and so on purpose; what empties the page removes it in other ways. */
  isRemoved: boolean;
}

/** The elements of all runs of the script, which share this module. */
const kept = new Set<KeptElement>();

/** Puts the script's element back whenever the page's content was replaced. An element that is back at once keeps its call. */
export function keepElement(own: KeptElement): void {
  if (kept.has(own)) return;
  const { element } = own;
  // The script was run again, as Turbo does with one in the body: the first element may be in a call.
  for (const { element: first, isRemoved } of kept)
    if (!isRemoved && isSame(first, element)) return element.remove();
  kept.add(own);
  let focused: HTMLElement | null = null;
  const { shadowRoot } = element;
  shadowRoot?.addEventListener('focusin', ({ target }) => (focused = target as HTMLElement));
  // Not at once: the focus is also lost when the element is removed.
  shadowRoot?.addEventListener('focusout', () =>
    setTimeout(() => (focused = shadowRoot.activeElement as HTMLElement | null)),
  );

  const moveTo = (place: Element): void => {
    const had = focused;
    place.append(element);
    removeCopies(element);
    // In the next frame, when the element is visible again.
    requestAnimationFrame(() => {
      if (document.activeElement === body()) had?.focus({ preventScroll: true });
    });
  };
  const look = (): void => {
    if (element.isConnected) own.isRemoved = false;
    else if (!own.isRemoved && body()) moveTo(body() as Element);
    observer.disconnect();
    // Observes lists of children, not the whole tree: a page may change all the time, and the widget must not slow it down.
    let node: Node | null = element.isConnected ? element.parentNode : (document.documentElement ?? document);
    for (; node; node = node.parentNode) observer.observe(node, { childList: true });
  };
  const observer = new MutationObserver(look);
  look();

  // Nothing outside an open modal dialog can be used, so the element moves into the dialog. An element that the site owner has
  // placed elsewhere than in the body stays there.
  const followDialog = (): void => {
    const place = [...document.querySelectorAll('dialog:modal')].at(-1) ?? body();
    const { parentElement } = element;
    if (place && parentElement?.matches('body, dialog') && parentElement !== place) moveTo(place);
  };
  document.addEventListener('toggle', followDialog, true);
  followDialog();
}

/** Returns the document's own body, also where a form or an image named "body" stands in for `document.body`. */
const body = (): Element | null => Reflect.get(Document.prototype, 'body', document);

/** Removes copies of the element: the new body may have one, from a copy of the page that Turbo kept. */
function removeCopies(element: Element): void {
  for (const other of document.querySelectorAll(element.localName))
    if (other !== element && isSame(other, element)) other.remove();
}

function isSame(one: Element, other: Element): boolean {
  return bare(one).isEqualNode(bare(other));
}

function bare(element: Element): Element {
  const copy = element.cloneNode() as Element;
  copy.removeAttribute('open');
  return copy;
}
