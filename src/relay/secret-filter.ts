import { RelayError } from './relay-error.js';

/** A shorter beginning of a secret reveals nothing; holding it back would delay every other word of a stream. */
const SHORTEST_HELD = 4;

/** No answer of a platform is nested deeper: a deeper one would be an attack on the stack. */
const DEEPEST = 100;

/** Keeps the secrets of the upstream out of what a page gets, however they are written. */
export class SecretFilter {
  readonly #secrets: readonly string[];
  readonly #longest: number;

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets.filter((secret) => secret !== '');
    this.#longest = Math.max(0, ...this.#secrets.map(({ length }) => length));
  }

  /** Throws `bad_answer` for a value with a secret in any text or name within it, as the page would read it. */
  check(value: unknown, depth = 0): void {
    if (typeof value === 'string') return this.#checkText(value);
    if (typeof value !== 'object' || value === null) return;
    if (depth === DEEPEST) throw new RelayError('bad_answer');
    for (const [name, item] of Object.entries(value)) {
      this.#checkText(name);
      this.check(item, depth + 1);
    }
  }

  /** Returns a filter for a text that is sent in pieces, which the page puts together. */
  pieces(): PieceFilter {
    return new PieceFilter(this.#secrets, this.#longest, (text) => this.#checkText(text));
  }

  #checkText(text: string): void {
    for (const read of [text, unescaped(text), percentDecoded(text)])
      if (this.#secrets.some((secret) => read.includes(secret))) throw new RelayError('bad_answer');
  }
}

/** Holds back what may be the beginning of a secret until the next piece shows that it is none. */
export class PieceFilter {
  readonly #secrets: readonly string[];
  readonly #longest: number;
  readonly #check: (text: string) => void;
  /** The end of the text that the page has. */
  #sent = '';
  #held = '';

  constructor(secrets: readonly string[], longest: number, check: (text: string) => void) {
    this.#secrets = secrets;
    this.#longest = longest;
    this.#check = check;
  }

  /** Takes the next piece, and returns the text that may be sent to the page now. Throws `bad_answer` for a secret. */
  push(piece: string): string {
    const text = this.#held + piece;
    const soFar = this.#sent + text;
    this.#check(soFar);
    const free = Math.max(0, text.length - this.#lengthOfBeginning(soFar));
    this.#held = text.slice(free);
    return this.#send(text.slice(0, free));
  }

  /** Returns the text that was held back: no piece comes after it. */
  end(): string {
    const rest = this.#held;
    this.#held = '';
    return this.#send(rest);
  }

  #send(text: string): string {
    const soFar = this.#sent + text;
    this.#sent = soFar.slice(Math.max(0, soFar.length - this.#longest));
    return text;
  }

  /** Returns how many characters at the end are the beginning of a secret. */
  #lengthOfBeginning(text: string): number {
    for (let length = Math.min(text.length, this.#longest - 1); length >= SHORTEST_HELD; length--) {
      const end = text.slice(-length);
      if (this.#secrets.some((secret) => secret.startsWith(end))) return length;
    }
    return 0;
  }
}

/** Undoes the escapes of JSON within a text. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text
    .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\(.)/g, '$1');
}

function percentDecoded(text: string): string {
  return text.replace(/%([2-7][\da-f])/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
