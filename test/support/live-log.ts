/**
 * Writes down what the live regions of a shadow tree tell a screen reader, frame by frame: of a `status` or an `alert` the whole
 * text whenever it has changed, of a `log` each new line, once, when it is there for a screen reader. What is hidden by
 * `aria-hidden` or by styles is not told, nor what stands under `aria-live="off"`.
 */
export class LiveLog {
  readonly said: string[] = [];
  readonly #root: ParentNode;
  readonly #texts = new WeakMap<Element, string>();
  readonly #lines = new WeakSet<Element>();
  #isOn = true;

  constructor(root: ParentNode) {
    this.#root = root;
    this.#look(false);
    const next = (): void => {
      if (!this.#isOn) return;
      this.#look(true);
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  }

  stop(): void {
    this.#isOn = false;
  }

  #look(tell: boolean): void {
    for (const region of this.#root.querySelectorAll('[role=status], [role=alert], [role=log]')) {
      const isOff =
        region.closest('[aria-live=off], [aria-hidden=true]') !== null || !region.checkVisibility();
      if (region.getAttribute('role') === 'log') this.#lookAtLog(region, tell && !isOff);
      else if (!isOff) this.#lookAtRegion(region, tell);
    }
  }

  #lookAtLog(region: Element, tell: boolean): void {
    for (const line of region.querySelectorAll('li')) {
      if (this.#lines.has(line) || line.closest('[aria-hidden=true]')) continue;
      this.#lines.add(line);
      if (tell) this.said.push(textOf(line));
    }
  }

  #lookAtRegion(region: Element, tell: boolean): void {
    const text = textOf(region);
    if (text === (this.#texts.get(region) ?? '')) return;
    this.#texts.set(region, text);
    if (tell && text !== '')
      this.said.push(`${region.getAttribute('role') === 'alert' ? 'now: ' : ''}${text}`);
  }
}

/** The text that a screen reader finds in an element. */
function textOf(element: Element): string {
  const parts: string[] = [];
  const add = (node: Node): void => {
    if (node instanceof Text) parts.push(node.data);
    if (!(node instanceof Element) || isSilent(node)) return;
    const name = node.getAttribute('aria-label');
    if (name !== null && node.matches('button, a, input, textarea, select')) parts.push(` ${name} `);
    else for (const child of node.childNodes) add(child);
    // A block ends a sentence.
    if (getComputedStyle(node).display !== 'inline') parts.push(' ');
  };
  for (const child of element.childNodes) add(child);
  return parts.join('').replace(/\s+/g, ' ').trim();
}

function isSilent(element: Element): boolean {
  const isHidden = element.getAttribute('aria-hidden') === 'true' || !element.checkVisibility();
  return isHidden || element.getAttribute('aria-live') === 'off';
}
