/** A line longer than this is parsed only when it is complete; one with a word and its times is far shorter. */
const LONGEST_GROWING_LINE = 4_096;

/** The beginning of a line of timed text, of which only a part may have come. */
const BEGINNING = /^\{"(?:text|start_time|end_time|confidence|start_time_offset)"/;

/**
 * Reads the text of a stream of `lk.transcription` as it grows. With `json_format`, each line is an object with a piece of the
 * text and its times; a line that is still arriving is not shown. Each complete line is parsed once, however many pieces follow.
 */
export class TimedWords {
  #raw = '';
  /** The stream is not JSON: it is the text itself. */
  #isPlain = false;
  #words = '';
  #hasWords = false;
  /** A line could not be parsed: the text behind it is not shown. */
  #isStuck = false;
  #lineStart = 0;

  get length(): number {
    return this.#raw.length;
  }

  /** Adds a piece and returns the whole text so far. */
  add(piece: string): string {
    this.#raw += piece;
    return this.#read(false);
  }

  /** Returns the whole text, when no more pieces come. */
  end(): string {
    return this.#read(true);
  }

  #read(isWhole: boolean): string {
    this.#isPlain ||= this.#raw.length > 1 && !this.#raw.startsWith('{"');
    if (this.#isPlain || this.#raw.length < 2) return this.#raw;
    this.#readLines();
    if (this.#isPlain) return this.#raw;
    const rest = this.#isStuck ? '' : this.#raw.slice(this.#lineStart);
    if (rest === '') return this.#words;
    const mayBeWhole = isWhole || (rest.endsWith('}') && rest.length <= LONGEST_GROWING_LINE);
    const text = mayBeWhole ? textOfLine(rest) : null;
    if (text !== null) return this.#words + text;
    return this.#hasWords || this.#couldBeJson() ? this.#words : this.#raw;
  }

  #readLines(): void {
    if (this.#isStuck) return;
    for (let end = this.#nextEnd(); end !== -1; end = this.#nextEnd()) {
      const line = this.#raw.slice(this.#lineStart, end);
      this.#lineStart = end + 1;
      if (line === '') continue;
      const text = textOfLine(line);
      if (text === null) {
        this.#isStuck = this.#hasWords;
        this.#isPlain = !this.#hasWords;
        return;
      }
      this.#words += text;
      this.#hasWords = true;
    }
  }

  #nextEnd(): number {
    return this.#raw.indexOf('\n', this.#lineStart);
  }

  #couldBeJson(): boolean {
    return this.#lineStart === 0 && BEGINNING.test(this.#raw);
  }
}

function textOfLine(line: string): string | null {
  try {
    const { text } = JSON.parse(line) as { text?: unknown };
    return typeof text === 'string' ? text : null;
  } catch {
    return null;
  }
}
