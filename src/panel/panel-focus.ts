import { hasFinePointer } from '../ui/fine-pointer.js';
import { fitRows } from '../ui/fit-rows.js';

/** Where a keyboard user wants to be when the thing they stood on is gone, best first. */
const FALLBACKS = [
  '[part=failure-card] button',
  // The group, not its first button: a second Enter meant for "Start a call" must not end the call.
  '[part=call-controls]',
  'button[data-action=start-call]',
  'textarea',
  'button[data-action=close]',
];

/** What has the focus and is not written in. */
const TAKES_NO_TEXT = 'body, a, button, summary, [role=button], [role=link], [role^=menuitem]';

/** Moves the focus only when the visitor opened the panel, or when what had it has vanished; never out of the page's hands. */
export class PanelFocus {
  readonly #shadowRoot: ShadowRoot;
  readonly #container: HTMLElement;

  constructor(shadowRoot: ShadowRoot, container: HTMLElement) {
    this.#shadowRoot = shadowRoot;
    this.#container = container;
  }

  /**
   * The panel was opened. By code that answers a press of the visitor counts as by the visitor; a visitor who is typing in the
   * page by then goes on typing there.
   */
  enterAfter(byVisitor: boolean): void {
    const { host } = this.#shadowRoot;
    const { activeElement } = document;
    const isWanted = byVisitor || (navigator.userActivation?.isActive ?? true);
    if (isWanted && (host.contains(activeElement) || !activeElement || activeElement.matches(TAKES_NO_TEXT)))
      this.enter();
  }

  /** Into the message box where there is a real keyboard; else to the dialog itself, so that no screen keyboard jumps up. */
  enter(): void {
    const box = hasFinePointer() ? this.#find('textarea') : null;
    (box ?? this.#find('[part=panel]'))?.focus({ preventScroll: true });
  }

  /** The message box has come after the panel: who has stayed at the door goes in. */
  goOn(): void {
    const { activeElement } = this.#shadowRoot;
    if (activeElement && activeElement === this.#find('[part=panel]')) this.enter();
  }

  messageBox(): void {
    this.#find('textarea')?.focus();
  }

  /** Renders, and follows the focus if the rendering took its element away. */
  keep(rerender: () => void): void {
    const before = this.#shadowRoot.activeElement;
    const isWriting = before?.closest('[part=composer]') !== null;
    const inside = before !== null && this.#container.contains(before);
    rerender();
    fitRows(this.#container);
    const isThere = before?.isConnected && this.#shadowRoot.activeElement === before;
    // "Send" is off once there is nothing to send; a button that is off takes no key, not even Escape.
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
