import { decodeEntities, readEntity } from './entities.js';
import { type Address, findBracketedAddress, findEmailAddress, findWebAddress } from './find-address.js';
import { type Inline, type Link, plainText } from './markdown-tree.js';
import { misleads } from './misleads.js';
import type { NodeAllowance } from './node-allowance.js';
import { readLinkTarget } from './read-link-target.js';
import { isWithinPage, safeLink, safeTarget } from './safe-link.js';

/** How deep emphasis and links nest; a marker that would nest deeper is text. */
const MAX_HEIGHT = 8;

/** How many markers can wait for their end at a time; a further one is text. */
const MAX_OPEN = 32;

/** `<br>`, together with a line break behind it. */
const LINE_BREAK = /<br\s{0,9}\/?>\n?/iy;

/** A marker that begins a piece if its end is found. */
interface Opener {
  char: '*' | '_' | '~' | '[';
  /** The characters of the marker that are still unused: `***` ends as one of two and one of one. */
  count: number;
  isImage: boolean;
  /** The index of the marker in `#pieces`, where it stands as text for now. */
  index: number;
  /** The nesting height of the highest piece between this opener and the next. */
  height: number;
}

/**
 * Parses one line or paragraph in one pass from left to right. Every marker is text until its end is found; then the pieces
 * between become the content of a new piece. Each character is read a bounded number of times, whatever the text is. `page` is
 * the address against which a link without a host is resolved. Never throws.
 */
export function parseInline(text: string, allowance: NodeAllowance, page: string | null): Inline[] {
  return new InlineParser(text, allowance, page).parse();
}

class InlineParser {
  readonly #text: string;
  readonly #allowance: NodeAllowance;
  readonly #page: string | null;
  readonly #pieces: Inline[] = [];
  readonly #open: Opener[] = [];
  #at = 0;
  /** The text from here to `#at` is not in `#pieces` yet. */
  #textStart = 0;
  /** Where the last run of backticks of each length begins; `null` until the first backtick. */
  #lastBackticks: Map<number, number> | null = null;

  constructor(text: string, allowance: NodeAllowance, page: string | null) {
    this.#text = text;
    this.#allowance = allowance;
    this.#page = page;
  }

  parse(): Inline[] {
    while (this.#at < this.#text.length && !this.#allowance.exhausted) this.#readNext();
    this.#flushText(this.#text.length);
    return joinTexts(this.#pieces);
  }

  #readNext(): void {
    const char = this.#text[this.#at];
    switch (char) {
      case '\\':
        return this.#readEscape();
      case '`':
        return this.#readCode();
      case '*':
      case '_':
      case '~':
        return this.#readMarkers(char);
      case '!':
        if (this.#text[this.#at + 1] === '[') return this.#openBracket('![');
        break;
      case '[':
        return this.#openBracket('[');
      case ']':
        return this.#closeBracket();
      case '&':
        return this.#readEntity();
      case '<':
        return this.#readAngle();
      case '@':
        return this.#readAddress(findEmailAddress(this.#text, this.#at, this.#textStart));
      case 'h':
      case 'H':
      case 'w':
      case 'W':
        return this.#readAddress(findWebAddress(this.#text, this.#at));
      default:
        break;
    }
    this.#at++;
  }

  #readEscape(): void {
    const next = this.#text[this.#at + 1] ?? '';
    if (!/[\n!-/:-@[-`{-~]/.test(next)) {
      this.#at++;
      return;
    }
    this.#flushText();
    this.#textStart = this.#at + 1;
    this.#at += 2;
  }

  #readCode(): void {
    const length = runLength(this.#text, this.#at);
    const start = this.#at + length;
    this.#lastBackticks ??= lastBackticks(this.#text);
    if ((this.#lastBackticks.get(length) ?? 0) < start || !this.#allowance.take()) {
      this.#at = start;
      return;
    }
    this.#flushText();
    const end = endOfCode(this.#text, start, length);
    this.#addPiece({ type: 'code', text: withoutPadding(this.#text.slice(start, end)) }, 1);
    this.#at = this.#textStart = end + length;
  }

  #readEntity(): void {
    const entity = readEntity(this.#text, this.#at);
    if (entity) this.#replace(entity.end, entity.char);
    else this.#at++;
  }

  #readAngle(): void {
    LINE_BREAK.lastIndex = this.#at;
    const found = LINE_BREAK.exec(this.#text)?.[0];
    if (found) this.#replace(this.#at + found.length, '\n');
    else this.#readAddress(findBracketedAddress(this.#text, this.#at));
  }

  /** Puts a text in place of everything from `#at` to `end`. The text begins no markup. */
  #replace(end: number, text: string): void {
    this.#flushText();
    this.#pieces.push({ type: 'text', text });
    this.#at = this.#textStart = end;
  }

  /**
   * Adds a link for an address. Each try takes a node, since an address that does not parse costs more time than one that does.
   */
  #readAddress(address: Address | null): void {
    if (address === null) {
      this.#at++;
      return;
    }
    const { start, end, text, target } = address;
    const href = this.#allowance.take() ? safeLink(target) : null;
    this.#at = end;
    if (href === null || misleads(text, href)) return;
    this.#flushText(start);
    this.#addPiece(this.#link(href, [{ type: 'text', text }]), 1);
    this.#textStart = end;
  }

  #readMarkers(char: '*' | '_' | '~'): void {
    const run = runLength(this.#text, this.#at);
    const before = this.#text[this.#at - 1] ?? ' ';
    const after = this.#text[this.#at + run] ?? ' ';
    if (run > 3 || (char === '~' && run !== 2)) {
      this.#at += run;
      return;
    }
    const canClose = !isSpace(before) && !(char === '_' && isWord(after));
    const canOpen = !isSpace(after) && !(char === '_' && isWord(before));
    let left = run;
    while (canClose && left > 0) {
      const used = this.#close(char, left);
      if (used === 0) break;
      left -= used;
    }
    this.#at += left;
    if (left > 0 && canOpen) this.#pushOpener(char, char.repeat(left));
  }

  /**
   * Makes a piece of everything between the nearest fitting opener and here. Returns how many marker characters that took; 0 when
   * none fits.
   */
  #close(char: '*' | '_' | '~', count: number): number {
    const index = this.#open.findLastIndex((each) => each.char === char && fits(each.count, count));
    const opener = this.#open[index];
    const height = this.#heightFrom(index) + 1;
    if (!opener || height > MAX_HEIGHT || !this.#allowance.take()) return 0;
    this.#flushText();
    const used = opener.count >= 2 && count >= 2 ? 2 : 1;
    const children = joinTexts(this.#pieces.splice(opener.index + 1));
    opener.count -= used;
    this.#open.length = opener.count > 0 ? index + 1 : index;
    if (opener.count > 0) this.#pieces[opener.index] = { type: 'text', text: char.repeat(opener.count) };
    else this.#pieces.length = opener.index;
    const emphasis = used === 2 ? 'strong' : 'emphasis';
    this.#addPiece({ type: char === '~' ? 'deleted' : emphasis, children }, height);
    this.#at += used;
    this.#textStart = this.#at;
    return used;
  }

  #openBracket(marker: '[' | '!['): void {
    this.#at += marker.length;
    this.#pushOpener('[', marker);
  }

  #closeBracket(): void {
    const index = this.#open.findLastIndex((each) => each.char === '[');
    const opener = this.#open[index];
    const end = opener && this.#text[this.#at + 1] === '(' ? this.#readLink(opener, index) : null;
    if (opener && end === null) this.#dropOpener(index);
    if (end === null) this.#at++;
    else this.#at = this.#textStart = end;
  }

  /** Adds a link and returns where its target ends; `null` when it is no link, or one that may not be followed. */
  #readLink(opener: Opener, index: number): number | null {
    const target = readLinkTarget(this.#text, this.#at + 2);
    const height = this.#heightFrom(index) + 1;
    if (!target || height > MAX_HEIGHT || !this.#allowance.take()) return null;
    const href = safeTarget(decodeEntities(target.url), this.#page);
    if (href === null) return null;
    this.#flushText();
    const label = withoutLinks(joinTexts(this.#pieces.slice(opener.index + 1)));
    const words = plainText(label);
    const title = target.title === null ? null : decodeEntities(target.title);
    if (misleads(words, href, title ?? '')) return null;
    this.#pieces.length = opener.index;
    this.#open.length = index;
    // A link cannot contain a link; in an image's text, a link becomes plain text.
    if (!opener.isImage) this.#dropBrackets();
    const children: Inline[] = words.trim() === '' ? [{ type: 'text', text: target.url }] : label;
    this.#addPiece({ ...this.#link(href, children), ...(title === null ? {} : { title }) }, height);
    return target.end;
  }

  #link(href: string, children: Inline[]): Link {
    return {
      type: 'link',
      href,
      ...(isWithinPage(href, this.#page) ? { isWithinPage: true } : {}),
      children,
    };
  }

  /** Adds the marker in front of `#at` as text, and remembers that it may begin a piece. */
  #pushOpener(char: Opener['char'], marker: string): void {
    if (this.#open.length >= MAX_OPEN) return;
    this.#flushText(this.#at - marker.length);
    this.#textStart = this.#at;
    this.#open.push({
      char,
      count: marker.length,
      isImage: marker === '![',
      index: this.#pieces.length,
      height: 0,
    });
    this.#pieces.push({ type: 'text', text: marker });
  }

  #dropOpener(index: number): void {
    const [dropped] = this.#open.splice(index, 1);
    const before = this.#open[index - 1];
    if (before && dropped) before.height = Math.max(before.height, dropped.height);
  }

  #dropBrackets(): void {
    for (let index = this.#open.length - 1; index >= 0; index--)
      if (this.#open[index]?.char === '[') this.#dropOpener(index);
  }

  #heightFrom(index: number): number {
    return index < 0 ? 0 : Math.max(...this.#open.slice(index).map((each) => each.height));
  }

  #addPiece(piece: Inline, height: number): void {
    this.#pieces.push(piece);
    const opener = this.#open.at(-1);
    if (opener) opener.height = Math.max(opener.height, height);
  }

  #flushText(end = this.#at): void {
    const text = this.#text.slice(this.#textStart, end);
    if (text !== '') this.#pieces.push({ type: 'text', text });
    this.#textStart = end;
  }
}

/**
 * Whether an opening marker fits a closing one: `***` may begin or end both kinds; one character never ends two, nor two end one.
 */
function fits(opening: number, closing: number): boolean {
  return opening === 3 || closing === 3 || opening === closing;
}

function withoutLinks(pieces: readonly Inline[]): Inline[] {
  return joinTexts(
    pieces.flatMap((piece) => {
      if (!('children' in piece)) return [piece];
      const children = withoutLinks(piece.children);
      return piece.type === 'link' ? children : [{ ...piece, children }];
    }),
  );
}

function joinTexts(pieces: readonly Inline[]): Inline[] {
  const joined: Inline[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last?.type === 'text' && piece.type === 'text')
      joined[joined.length - 1] = { type: 'text', text: last.text + piece.text };
    else joined.push(piece);
  }
  return joined;
}

/** Where the last run of backticks of each length begins, by that length. */
function lastBackticks(text: string): Map<number, number> {
  const last = new Map<number, number>();
  for (let at = text.indexOf('`'); at !== -1; at = text.indexOf('`', at)) {
    const length = runLength(text, at);
    last.set(length, at);
    at += length;
  }
  return last;
}

/** The start of the closing run of backticks, which exists: `lastBackticks` was asked first. */
function endOfCode(text: string, start: number, length: number): number {
  let end = text.indexOf('`', start);
  for (let run = runLength(text, end); run !== length; run = runLength(text, end))
    end = text.indexOf('`', end + run);
  return end;
}

function withoutPadding(code: string): string {
  const text = code.replaceAll('\n', ' ');
  return text.startsWith(' ') && text.endsWith(' ') && text.trim() !== '' ? text.slice(1, -1) : text;
}

function runLength(text: string, start: number): number {
  const char = text[start];
  let end = start + 1;
  while (text[end] === char) end++;
  return end - start;
}

function isSpace(char: string): boolean {
  return /\s/.test(char);
}

function isWord(char: string): boolean {
  return /[\p{L}\p{N}]/u.test(char);
}
