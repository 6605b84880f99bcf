/** Whether the panel is open. The `open` attribute reflects it. */
export class OpenState {
  /** Whether the visitor opened the panel, with a press on the launcher. */
  byVisitor = false;
  readonly #host: Element;
  readonly #onChange: () => void;
  #isOpen = false;

  constructor(host: Element, onChange: () => void) {
    this.#host = host;
    this.#onChange = onChange;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  set isOpen(open: boolean) {
    this.#isOpen = open;
    this.#host.toggleAttribute('open', open);
    this.#onChange();
  }

  /**
   * Follows a change of the `open` attribute. Removing it closes the panel, unless the visitor opened the panel or has the
   * focus in it: a DOM diff also removes the attribute, since the page's HTML does not have it.
   */
  onAttribute(old: string | null, value: string | null, hasFocus: boolean): void {
    const open = value !== null;
    // When the page sets the attribute once more, the panel counts as opened by the page.
    if (open && old !== null) this.byVisitor = false;
    if (open === this.#isOpen) return;
    // Put back in a microtask: code that removes attributes until none is left would never finish otherwise.
    if (!open && (this.byVisitor || hasFocus))
      queueMicrotask(() => this.#host.toggleAttribute('open', this.#isOpen));
    else this.isOpen = open;
  }
}
