/** A line with one word and its times is far shorter; a longer one is read when it is whole. */
const LONGEST_GROWING_LINE = 4_096;

/** The first line may have come in part only. */
const BEGINNING = /^\{"(?:text|start_time|end_time|confidence|start_time_offset)"/;

/**
 * The words of a line of `lk.transcription`, as it grows. With `json_format`, each line is an object with a piece of the text and
 * its times; a line that is still coming is not shown. Each whole line is read once, however many pieces follow.
 */
export class TimedWords {
  #raw = '';
  /** What is no JSON is the words themselves. */
  #isPlain = false;
  #words = '';
  #hasWords = false;
  /** What stands behind a line that cannot be read is not shown. */
  #isStuck = false;
  #lineStart = 0;

  get length(): number {
    return this.#raw.length;
  }

  /** All of it so far. */
  add(piece: string): string {
    this.#raw += piece;
    return this.#read(false);
  }

  /** Nothing more comes. */
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
