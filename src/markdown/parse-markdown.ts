import {
  closesFence,
  type Fence,
  indentOf,
  isBlank,
  isRule,
  type ListMarker,
  readFence,
  readHeading,
  readListMarker,
  readQuote,
  withoutIndent,
} from './block-lines.js';
import type { Block, Inline, ListItem, Table } from './markdown-tree.js';
import { NodeAllowance } from './node-allowance.js';
import { parseInline } from './parse-inline.js';
import { readCells, readTableColumns } from './table-lines.js';

/** How deep lists and quotes nest; the marker of a deeper one is text. */
const MAX_DEPTH = 8;

/**
 * The longest text that is parsed; no agent writes more at once. What follows the last whole line within it is shown as plain
 * text.
 */
const MAX_LENGTH = 100_000;

/** The least indent of a list within an item, in columns: many texts indent a list below "1." by two only. */
const MIN_INNER_INDENT = 2;

/**
 * Parses the Markdown that agents write. It is smaller than CommonMark where CommonMark is hostile or surprising in a chat: a
 * line break is a line break, HTML and reference links are text, an underline makes no heading and an indent no code. A link that
 * `safeLink` and `safeTarget` do not allow is text; `page` is the address of the visitor's page, for links without a host.
 * Unfinished markup (in a reply that still arrives) is text, or ends with the message. Takes time in proportion to the length,
 * never throws, and drops nothing but markup.
 */
export function parseMarkdown(text: string, page: string | null = null): Block[] {
  const end = text.length <= MAX_LENGTH ? text.length : text.lastIndexOf('\n', MAX_LENGTH) + 1;
  const lines = text.slice(0, end).split(/\r\n|\n|\r/);
  const blocks = new BlockParser(lines, { allowance: new NodeAllowance(), page }, 0).parse();
  return end === text.length ? blocks : [...blocks, asItStands(text.slice(end))];
}

/** The state that all parts of a message share. */
interface MessageContext {
  allowance: NodeAllowance;
  page: string | null;
}

class BlockParser {
  readonly #lines: readonly string[];
  readonly #context: MessageContext;
  readonly #depth: number;
  readonly #blocks: Block[] = [];
  #at = 0;

  constructor(lines: readonly string[], context: MessageContext, depth: number) {
    this.#lines = lines;
    this.#context = context;
    this.#depth = depth;
  }

  parse(): Block[] {
    while (this.#at < this.#lines.length) {
      if (isBlank(this.#line)) this.#at++;
      else this.#blocks.push(this.#context.allowance.take() ? this.#readBlock() : this.#readRest());
    }
    return this.#blocks;
  }

  get #line(): string {
    return this.#lines[this.#at] ?? '';
  }

  #readBlock(): Block {
    const line = this.#line;
    const fence = readFence(line);
    if (fence) return this.#readCode(fence);
    const heading = readHeading(line);
    if (heading) return this.#readHeading(heading);
    if (isRule(line)) return this.#readRule();
    if (this.#canNest && readQuote(line) !== null) return this.#readQuote();
    const marker = this.#canNest ? readListMarker(line) : null;
    if (marker) return this.#readList(marker);
    const columns = readTableColumns(line, this.#lines[this.#at + 1]);
    return columns ? this.#readTable(columns) : this.#readParagraph();
  }

  get #canNest(): boolean {
    return this.#depth < MAX_DEPTH;
  }

  #readCode(fence: Fence): Block {
    const indent = indentOf(this.#line);
    const code: string[] = [];
    for (this.#at++; this.#at < this.#lines.length; this.#at++) {
      if (closesFence(this.#line, fence)) {
        this.#at++;
        break;
      }
      code.push(withoutIndent(this.#line, indent));
    }
    return { type: 'code-block', language: fence.language, text: code.join('\n') };
  }

  #readHeading({ level, text }: { level: number; text: string }): Block {
    this.#at++;
    return { type: 'heading', level, children: this.#parseInline(text) };
  }

  #readRule(): Block {
    this.#at++;
    return { type: 'rule' };
  }

  #readQuote(): Block {
    const inner: string[] = [];
    for (; this.#at < this.#lines.length; this.#at++) {
      const quoted = readQuote(this.#line);
      if (quoted === null) break;
      inner.push(quoted);
    }
    return { type: 'quote', children: this.#parseInner(inner) };
  }

  #readList(first: ListMarker): Block {
    const items: ListItem[] = [];
    const ordered = first.number !== null;
    let number = first.number ?? 0;
    for (let marker: ListMarker | null = first; marker; marker = this.#findItem(first)) {
      if (items.length > 0 && !this.#context.allowance.take()) break;
      // An item with the number of the first, as where every item says "1.", gets the next number.
      const isAsFirst = items.length > 0 && marker.number === first.number;
      number = isAsFirst ? number + 1 : (marker.number ?? 0);
      const children = this.#parseInner(this.#readItem(marker));
      items.push(ordered ? { number, children } : { children });
    }
    return { type: 'list', ordered, items };
  }

  /** Moves to the next item of the same list; `null` when there is none. */
  #findItem(first: ListMarker): ListMarker | null {
    let at = this.#at;
    while (at < this.#lines.length && isBlank(this.#lines[at])) at++;
    const line = this.#lines[at] ?? '';
    const marker = isRule(line) ? null : readListMarker(line);
    if (marker?.kind !== first.kind) return null;
    this.#at = at;
    return marker;
  }

  /** The lines of an item without their indent: all following lines that are indented further than its marker. */
  #readItem({ indent, text }: ListMarker): string[] {
    const lines = [text];
    let contentIndent = indentOf(this.#line) + this.#line.trimStart().length - text.length;
    let isFirst = true;
    let blankLines = 0;
    for (this.#at++; this.#at + blankLines < this.#lines.length;) {
      const line = this.#lines[this.#at + blankLines] ?? '';
      if (isBlank(line)) {
        blankLines++;
        continue;
      }
      if (indentOf(line) < indent + MIN_INNER_INDENT) break;
      for (; blankLines > 0; blankLines--, this.#at++) lines.push('');
      // The first line below the marker sets the indent of the whole item, also when it is less than it should be.
      if (isFirst) contentIndent = Math.min(contentIndent, indentOf(line));
      isFirst = false;
      lines.push(withoutIndent(line, contentIndent));
      this.#at++;
    }
    return lines;
  }

  #readTable(columns: Table['columns']): Block {
    const head = this.#readRow(columns.length);
    this.#at++;
    const rows: Table['rows'] = [];
    while (this.#line.includes('|') && this.#context.allowance.take(1 + columns.length))
      rows.push(this.#readRow(columns.length));
    return { type: 'table', columns, head, rows };
  }

  #readRow(columns: number): Table['head'] {
    const cells = readCells(this.#line, columns);
    this.#at++;
    return cells.map((cell) => this.#parseInline(cell));
  }

  #readParagraph(): Block {
    const lines: string[] = [];
    do {
      lines.push(this.#line.trim());
      this.#at++;
    } while (this.#at < this.#lines.length && !isBlank(this.#line) && !this.#endsParagraph());
    return { type: 'paragraph', children: this.#parseInline(lines.join('\n')) };
  }

  #endsParagraph(): boolean {
    const line = this.#line;
    if (readFence(line) ?? readHeading(line)) return true;
    if (isRule(line) || readTableColumns(line, this.#lines[this.#at + 1])) return true;
    if (!this.#canNest) return false;
    const marker = readListMarker(line);
    // "… in the year\n1986. It was …" begins no list.
    const beginsList = marker !== null && marker.text !== '' && (marker.number ?? 1) === 1;
    return beginsList || readQuote(line) !== null;
  }

  /** Returns all remaining lines as plain text. */
  #readRest(): Block {
    const text = this.#lines.slice(this.#at).join('\n');
    this.#at = this.#lines.length;
    return asItStands(text);
  }

  #parseInline(text: string): Inline[] {
    return parseInline(text, this.#context.allowance, this.#context.page);
  }

  #parseInner(lines: readonly string[]): Block[] {
    return new BlockParser(lines, this.#context, this.#depth + 1).parse();
  }
}

function asItStands(text: string): Block {
  return { type: 'paragraph', children: [{ type: 'text', text }] };
}
