import { AsyncDirective } from 'lit/async-directive.js';
import { directive, type DirectiveResult, type ElementPart } from 'lit/directive.js';

/** How near the end counts as "at the end", in pixels: a line of text. */
const NEAR_PX = 32;

class StickToEnd extends AsyncDirective {
  #box: Element | null = null;
  #atEnd = true;
  #observer: ResizeObserver | null = null;

  override render(): void {}

  override update(part: ElementPart): void {
    if (this.#box === part.element) return;
    this.disconnected();
    this.#box = part.element;
    this.reconnected();
  }

  override disconnected(): void {
    this.#observer?.disconnect();
    this.#box?.removeEventListener('scroll', this.#onScroll);
  }

  override reconnected(): void {
    const box = this.#box;
    if (!box) return;
    box.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#observer = new ResizeObserver(() => {
      if (this.#atEnd) box.scrollTop = box.scrollHeight;
    });
    this.#observer.observe(box);
    for (const child of box.children) this.#observer.observe(child);
  }

  readonly #onScroll = (): void => {
    const box = this.#box;
    if (box) this.#atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
  };
}

/** Keeps a scrolling box at its end while the reader is there, and leaves it alone while they read further up. */
export const stickToEnd: () => DirectiveResult<typeof StickToEnd> = directive(StickToEnd);
