import { AsyncDirective } from 'lit/async-directive.js';
import { directive, type DirectiveResult, type ElementPart } from 'lit/directive.js';
import type { MessageWindow } from './message-window.js';

/** How near the end counts as "at the end", in pixels: a line of text. */
const NEAR_END_PX = 32;
/** Scrolling up by less does not leave the end: a browser does that to bring a button into sight that is about to be pressed. */
const LEAVES_END_PX = 4;
/** The event of scrolling, and those of the reader's hand that causes it. */
const EVENTS = ['scroll', 'wheel', 'touchmove', 'pointerdown', 'keydown'];
/** Scrolling within this time of the reader's hand is the reader's own. */
const MOVES_WITHIN_MS = 1_000;

/** Keeps what the reader reads in its place, or the end of the conversation in sight while the reader is there. */
class ReadingPlace extends AsyncDirective {
  #box: Element | null = null;
  #window: MessageWindow | null = null;
  #observer: ResizeObserver | null = null;
  /** The scroll position of the box when it was last set or seen. */
  #top = 0;
  /** The height of the box at that time, and of its content. */
  #height = 0;
  #contentHeight = 0;
  #touchedAtMs = -Infinity;

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
    for (const type of EVENTS) this.#box?.removeEventListener(type, this.#onEvent);
  }

  override reconnected(): void {
    const box = this.#box;
    if (!box) return;
    for (const type of EVENTS) box.addEventListener(type, this.#onEvent, { passive: true });
    // jsdom has no ResizeObserver; nothing has a size there.
    if (!globalThis.ResizeObserver) return;
    this.#observer = new ResizeObserver(() => {
      if (!this.#window?.follows) return;
      box.scrollTop = box.scrollHeight;
      this.#top = box.scrollTop;
      this.#height = box.clientHeight;
      this.#contentHeight = box.scrollHeight;
    });
    this.#observe(box);
  }

  /** Observes what is drawn now; the observer reports each element once at the next layout, changed or not. */
  #observe(box: Element): void {
    this.#observer?.disconnect();
    for (const each of [box, ...box.children]) this.#observer?.observe(each);
  }

  /** Keeps what is being read in place while messages come and go above it. Called before they are drawn. */
  #keepPlace(box: Element): void {
    if (this.#window?.atEnd) return queueMicrotask(() => this.#observe(box));
    const top = box.getBoundingClientRect().top;
    const read = [...box.querySelectorAll('li')].find((item) => item.getBoundingClientRect().bottom > top);
    const before = read?.getBoundingClientRect().top;
    queueMicrotask(() => {
      if (read?.isConnected && before !== undefined)
        box.scrollTop += read.getBoundingClientRect().top - before;
    });
  }

  readonly #onEvent = ({ type, timeStamp }: Event): void => {
    if (type !== 'scroll') {
      this.#touchedAtMs = timeStamp;
      return;
    }
    const box = this.#box;
    // A panel that is being closed has no height.
    if (!box?.clientHeight) return;
    const { scrollTop, scrollHeight, clientHeight } = box;
    const below = scrollHeight - scrollTop - clientHeight;
    // Only scrolling up leaves the end, even a short way: the event of our own scrolling comes a frame later, when the reply
    // may have grown by many lines. A browser that scrolls up because the content has become shorter is still at the end,
    // whatever came below it since; so is one whose box has become higher. So when the content's height has changed, only the
    // reader's own scrolling counts, and when the height of the box has, none does.
    const isOwn = timeStamp - this.#touchedAtMs < MOVES_WITHIN_MS;
    const isSame = clientHeight === this.#height && (isOwn || scrollHeight === this.#contentHeight);
    const isUp = scrollTop < this.#top - LEAVES_END_PX && isSame;
    this.#height = clientHeight;
    const isNear = scrollTop > this.#top && below < NEAR_END_PX;
    const atEnd = below < 2 || isNear || (!isUp && this.#window?.atEnd === true);
    // Slow scrolling up is made of single pixels.
    if (!atEnd || below < 2 || scrollTop > this.#top) this.#top = scrollTop;
    const edge = below < clientHeight ? 'end' : null;
    this.#window?.onScroll(atEnd, scrollTop < clientHeight ? 'start' : edge);
  };
}

export const readingPlace: (window: MessageWindow) => DirectiveResult<typeof ReadingPlace> =
  directive(ReadingPlace);
