/** Whether the panel is open, of which the attribute is the reflection. */
export class OpenState {
  /** Opened with a press on the launcher. */
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
   * What the attribute opened, taking it away closes. Not what the visitor opened, or is in: a diff of the page's HTML, which
   * knows of no visitor, takes it away as well.
   */
  onAttribute(old: string | null, value: string | null, hasFocus: boolean): void {
    const open = value !== null;
    // Set by the page once more, it is the page's again.
    if (open && old !== null) this.byVisitor = false;
    if (open === this.#isOpen) return;
    // Later: who takes away one attribute after the other would never be done.
    if (!open && (this.byVisitor || hasFocus))
      queueMicrotask(() => this.#host.toggleAttribute('open', this.#isOpen));
    else this.isOpen = open;
  }
}
