import { AsyncDirective } from 'lit/async-directive.js';
import { directive, type DirectiveResult, type ElementPart } from 'lit/directive.js';
import type { MessageWindow } from './message-window.js';

/** How near the end counts as "at the end", in pixels: a line of text. */
const NEAR_END_PX = 32;

/** Keeps what the reader reads where it is, or at the end of the conversation while the reader is there. */
class ReadingPlace extends AsyncDirective {
  #box: Element | null = null;
  #window: MessageWindow | null = null;
  #observer: ResizeObserver | null = null;
  #follows = true;

  override render(_window: MessageWindow): void {}

  override update(part: ElementPart, [window]: [MessageWindow]): void {
    this.#window = window;
    if (this.#box === part.element) return this.#keepPlace(part.element);
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
      if (this.#window?.atEnd) box.scrollTop = box.scrollHeight;
    });
    this.#observer.observe(box);
    for (const child of box.children) this.#observer.observe(child);
  }

  /** Messages come and go above what is being read: it must not move. Called before they are drawn. */
  #keepPlace(box: Element): void {
    const followed = this.#follows;
    this.#follows = this.#window?.atEnd ?? true;
    if (this.#follows) {
      // Taken to the end: nothing there need have changed its size.
      if (!followed) queueMicrotask(() => (box.scrollTop = box.scrollHeight));
      return;
    }
    const top = box.getBoundingClientRect().top;
    const read = [...box.querySelectorAll('li')].find((item) => item.getBoundingClientRect().bottom > top);
    const before = read?.getBoundingClientRect().top;
    queueMicrotask(() => {
      if (read?.isConnected && before !== undefined)
        box.scrollTop += read.getBoundingClientRect().top - before;
    });
  }

  readonly #onScroll = (): void => {
    const box = this.#box;
    if (!box) return;
    const below = box.scrollHeight - box.scrollTop - box.clientHeight;
    const edge = below < box.clientHeight ? 'end' : null;
    this.#window?.onScroll(below < NEAR_END_PX, box.scrollTop < box.clientHeight ? 'start' : edge);
  };
}

export const readingPlace: (window: MessageWindow) => DirectiveResult<typeof ReadingPlace> =
  directive(ReadingPlace);
