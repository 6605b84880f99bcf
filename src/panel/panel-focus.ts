import { hasFinePointer } from '../ui/fine-pointer.js';
import { fitRows } from '../ui/fit-rows.js';

/** Where the focus goes when its element is gone, best first. */
const FALLBACKS = [
  '[part=failure-card] button',
  // The group, not its first button: a second Enter meant for "Start a call" must not end the call.
  '[part=call-controls]',
  'button[data-action=start-call]',
  'textarea',
  'button[data-action=close]',
];

/** Elements that may have the focus and take no text. */
const TAKES_NO_TEXT = 'body, a, button, summary, [role=button], [role=link], [role^=menuitem]';

/**
 * Moves the focus only when the visitor opened the panel, or when its element in the panel has vanished; never while the
 * visitor types in the page.
 */
export class PanelFocus {
  readonly #shadowRoot: ShadowRoot;
  readonly #container: HTMLElement;

  constructor(shadowRoot: ShadowRoot, container: HTMLElement) {
    this.#shadowRoot = shadowRoot;
    this.#container = container;
  }

  /**
   * Called when the panel was opened. Code that opens it in answer to a press counts as the visitor. A visitor who is typing in
   * the page by then goes on typing there.
   */
  enterAfter(byVisitor: boolean): void {
    const { host } = this.#shadowRoot;
    const { activeElement } = document;
    const isWanted = byVisitor || (navigator.userActivation?.isActive ?? true);
    if (isWanted && (host.contains(activeElement) || !activeElement || activeElement.matches(TAKES_NO_TEXT)))
      this.enter();
  }

  /**
   * Moves the focus into the message box where there is a real keyboard; else to the dialog, so that no screen keyboard opens.
   */
  enter(): void {
    const box = hasFinePointer() ? this.#find('textarea') : null;
    (box ?? this.#find('[part=panel]'))?.focus({ preventScroll: true });
  }

  /** Called when the message box has appeared after the panel: moves the focus into it if it is still on the dialog. */
  goOn(): void {
    const { activeElement } = this.#shadowRoot;
    if (activeElement && activeElement === this.#find('[part=panel]')) this.enter();
  }

  messageBox(): void {
    this.#find('textarea')?.focus();
  }

  /** Renders, and moves the focus on if rendering has removed or disabled its element. */
  keep(rerender: () => void): void {
    const before = this.#shadowRoot.activeElement;
    const isWriting = before?.closest('[part=composer]') !== null;
    const inside = before !== null && this.#container.contains(before);
    rerender();
    fitRows(this.#container);
    const isThere = before?.isConnected && this.#shadowRoot.activeElement === before;
    // "Send" is disabled once there is nothing to send; a disabled button gets no key, not even Escape.
    if (!inside || (isThere && !before.matches(':disabled'))) return;
    for (const selector of isWriting ? ['textarea', ...FALLBACKS] : FALLBACKS) {
      const next = this.#find(selector);
      if (!next || next.matches(':disabled')) continue;
      next.focus({ preventScroll: true });
      return;
    }
  }

  #find(selector: string): HTMLElement | null {
    return this.#container.querySelector<HTMLElement>(selector);
  }
}
