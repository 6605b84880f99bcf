export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
  /** Whether a press at its middle reaches it. */
  isHit: boolean;
}

export type PageTools = ReturnType<typeof pageTools>;

/** Finds and measures in a page, through open shadow roots. Runs in the page: stands on its own. */
export function pageTools() {
  const SELECTORS: Record<string, string> = {
    alert: '[role=alert]',
    button: 'button, [role=button]',
    checkbox: 'input[type=checkbox]',
    dialog: '[role=dialog], dialog',
    log: '[role=log]',
    option: 'option',
    textbox: 'textarea, input:not([type]), input[type=text], input[type=tel]',
  };

  const everything = (root: ParentNode): Element[] => {
    const found: Element[] = [];
    for (const element of Array.from(root.querySelectorAll('*'))) {
      found.push(element);
      if (element.shadowRoot) found.push(...everything(element.shadowRoot));
    }
    return found;
  };

  const isVisible = (element: Element): boolean =>
    element.getClientRects().length > 0 && getComputedStyle(element).visibility === 'visible';

  const nameOf = (element: Element): string => {
    const root = element.getRootNode() as Document | ShadowRoot;
    const labelledBy = element.getAttribute('aria-labelledby');
    const label =
      element.getAttribute('aria-label') ?? (labelledBy && root.getElementById(labelledBy)?.textContent);
    const own = (element as HTMLInputElement).labels?.[0]?.textContent;
    return (label ?? own ?? element.textContent ?? '').replace(/\s+/g, ' ').trim();
  };

  /** All that can be seen of this role, by its name where one is given. */
  const find = (role: string, name?: string | null): Element[] => {
    const selector = SELECTORS[role] ?? role;
    return everything(document).filter(
      (element) =>
        element.matches(selector) &&
        isVisible(element) &&
        (name === null || name === undefined || nameOf(element) === name),
    );
  };

  const measure = (element: Element): Place => {
    const view = element.ownerDocument.defaultView ?? window;
    const box = element.getBoundingClientRect();
    const middle = [box.x + box.width / 2, box.y + box.height / 2] as const;
    let hit = view.document.elementFromPoint(...middle);
    while (hit?.shadowRoot) {
      const inner: Element | null = hit.shadowRoot.elementFromPoint(...middle);
      if (!inner || inner === hit) break;
      hit = inner;
    }
    let node: Node | null = hit;
    while (node && node !== element) node = node.parentNode ?? (node as ShadowRoot).host ?? null;
    return { x: box.x, y: box.y, width: box.width, height: box.height, isHit: node === element };
  };

  const nextFrame = (): Promise<void> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => resolve());
    });

  /** Where it is once it stands still, can be pressed and is not covered. `needsHit`: else it need only stand still. */
  const steadyPlace = async (
    look: () => Element | null | undefined,
    { limitMs, needsHit }: { limitMs: number; needsHit: boolean },
  ): Promise<Place> => {
    const end = performance.now() + limitMs;
    let last: Place | null = null;
    let problem = 'is not there';
    while (performance.now() < end) {
      const element = look();
      if (element?.isConnected) {
        const view = element.ownerDocument.defaultView ?? window;
        let place = measure(element);
        const isOutside =
          place.y < 0 ||
          place.x < 0 ||
          place.y + place.height > view.innerHeight ||
          place.x + place.width > view.innerWidth;
        if (isOutside && !last) {
          element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
          place = measure(element);
        }
        const isStill = last !== null && Math.abs(last.x - place.x) < 1 && Math.abs(last.y - place.y) < 1;
        const isReady = place.width > 0 && !element.matches(':disabled') && (place.isHit || !needsHit);
        if (isStill && isReady) return place;
        problem = `is not ready: ${JSON.stringify(place)}`;
        last = place;
      } else {
        last = null;
      }
      await nextFrame();
    }
    throw new Error(problem);
  };

  return { everything, find, nameOf, isVisible, measure, nextFrame, steadyPlace };
}
