import type { ThreadMessage } from '../../chat/thread-message.js';

/** This many more messages are drawn when the reader comes near an edge. */
const PAGE = 60;
/** The most messages that are drawn at once: a conversation may have ten thousand. */
const MOST_DRAWN = 240;

/** Which part of a long conversation is drawn, and whether the reader is at its end. */
export class MessageWindow {
  /** Whether something has arrived below what the reader sees. */
  hasUnseen = false;
  readonly #onChange: () => void;
  #start = 0;
  #end = 0;
  #total = 0;
  #last: ThreadMessage | undefined;
  #atEnd = true;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Whether the reader sees the newest message, and wants to see the next one. */
  get atEnd(): boolean {
    return this.#atEnd && this.#end === this.#total;
  }

  /** Whether new content is kept in sight. An empty conversation has none: its welcome is read from the top. */
  get follows(): boolean {
    return this.atEnd && this.#total > 0;
  }

  /** The part of the thread to draw now. */
  take(messages: readonly ThreadMessage[]): readonly ThreadMessage[] {
    const last = messages.at(-1);
    const isNew = last?.id !== this.#last?.id;
    const hasGrown = last?.text !== this.#last?.text;
    this.#last = last;
    const follows = this.atEnd;
    const isOther = this.#total === 0 || messages.length < this.#total;
    this.#total = messages.length;
    // Visitors want to see what they have just written.
    if (isOther || (isNew && last?.role === 'user')) this.#follow();
    else if (!follows) this.hasUnseen ||= isNew || hasGrown;
    else if (this.#total - this.#start > MOST_DRAWN) this.#follow();
    else this.#end = this.#total;
    return messages.slice(this.#start, this.#end);
  }

  /** The reader has scrolled. `near` is the edge that is less than a screen away. */
  onScroll(atEnd: boolean, near: 'start' | 'end' | null): void {
    this.#atEnd = atEnd;
    const [start, end, unseen] = [this.#start, this.#end, this.hasUnseen];
    if (near === 'start') {
      this.#start = Math.max(0, start - PAGE);
      this.#end = Math.min(end, this.#start + MOST_DRAWN);
    } else if (near === 'end') {
      this.#end = Math.min(this.#total, end + PAGE);
      this.#start = Math.max(start, this.#end - MOST_DRAWN);
    }
    if (this.atEnd) this.hasUnseen = false;
    if (start !== this.#start || end !== this.#end || unseen !== this.hasUnseen) this.#onChange();
  }

  /** Goes back to the newest message. */
  toEnd(): void {
    this.#follow();
    this.#onChange();
  }

  #follow(): void {
    this.#atEnd = true;
    this.hasUnseen = false;
    this.#start = Math.max(0, this.#total - PAGE);
    this.#end = this.#total;
  }
}
