/** An element that the script itself put into the page. */
export interface KeptElement {
  element: HTMLElement;
  /** By its own `remove()`, as somebody wants it who means the widget; what empties the page does so by other ways. */
  isRemoved: boolean;
}

/** Of all runs of the script: they share this module. */
const kept = new Set<KeptElement>();

/** Brings the script's element back whenever the page's content was replaced. Back at once, it keeps its call. */
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
  // Not at once: it is lost as well when the element is taken away.
  shadowRoot?.addEventListener('focusout', () =>
    setTimeout(() => (focused = shadowRoot.activeElement as HTMLElement | null)),
  );

  const moveTo = (place: Element): void => {
    const had = focused;
    place.append(element);
    removeCopies(element);
    // When it can be seen again.
    requestAnimationFrame(() => {
      if (document.activeElement === body()) had?.focus({ preventScroll: true });
    });
  };
  const look = (): void => {
    if (element.isConnected) own.isRemoved = false;
    else if (!own.isRemoved && body()) moveTo(body() as Element);
    observer.disconnect();
    // Lists of children, and no tree: a page may change all the time, and the widget must not cost it anything.
    let node: Node | null = element.isConnected ? element.parentNode : (document.documentElement ?? document);
    for (; node; node = node.parentNode) observer.observe(node, { childList: true });
  };
  const observer = new MutationObserver(look);
  look();

  // Outside of an open modal dialog nothing can be used. The owner's place for the element is left alone.
  const followDialog = (): void => {
    const place = [...document.querySelectorAll('dialog:modal')].at(-1) ?? body();
    const { parentElement } = element;
    if (place && parentElement?.matches('body, dialog') && parentElement !== place) moveTo(place);
  };
  document.addEventListener('toggle', followDialog, true);
  followDialog();
}

/** Of the document itself, whatever a form or a picture of that name makes of `document.body`. */
const body = (): Element | null => Reflect.get(Document.prototype, 'body', document);

/** The new body may hold it as well, from a copy that Turbo kept of the page. */
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
