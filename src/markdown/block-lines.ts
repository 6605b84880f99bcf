/** Reads what the beginning of one line says about its block. Every function reads a line at most twice. */

export interface Fence {
  char: '`' | '~';
  length: number;
  language: string;
}

export interface ListMarker {
  /** The character of the marker: `-`, `*`, `+`, `.` or `)`. The items of one list have the same. */
  kind: string;
  /** The item's number; `null` in an unordered list. */
  number: number | null;
  /** The marker's indent in columns; a line that is indented further belongs to the item. */
  indent: number;
  /** The text behind the marker. */
  text: string;
}

/** The columns that a tab reaches to. A tab that is cut in two becomes spaces. */
const TAB_COLUMNS = 4;

export function isBlank(line: string | undefined): boolean {
  return line === undefined || !/\S/.test(line);
}

export function readFence(line: string): Fence | null {
  const [, marks, language] = /^[ \t]*(`{3,}(?=[^`]*$)|~{3,})(.*)$/s.exec(line) ?? [];
  if (marks === undefined) return null;
  return { char: marks[0] as Fence['char'], length: marks.length, language: (language ?? '').trim() };
}

export function closesFence(line: string, { char, length }: Fence): boolean {
  const marks = line.trim();
  return marks.length >= length && isAll(marks, char);
}

export function readHeading(line: string): { level: number; text: string } | null {
  const [, marks, text] = /^[ \t]{0,3}(#{1,6})(?:[ \t]+(.*))?$/s.exec(line) ?? [];
  if (marks === undefined) return null;
  return { level: marks.length, text: withoutClosingMarks((text ?? '').trim()) };
}

/** Whether the line is a rule: three or more of one of `-*_`, with or without spaces between. */
export function isRule(line: string): boolean {
  let char = '';
  let marks = 0;
  for (const each of line) {
    if (each === ' ' || each === '\t') continue;
    if (char === '') char = each;
    if (each !== char || !'-*_'.includes(char)) return false;
    marks++;
  }
  return marks >= 3;
}

/** The line without its `>`; `null` when it has none. */
export function readQuote(line: string): string | null {
  return /^[ \t]{0,3}>[ \t]?(.*)$/s.exec(line)?.[1] ?? null;
}

export function readListMarker(line: string): ListMarker | null {
  const [, space, mark, digits, text] = /^([ \t]*)([-*+]|(\d{1,9})[.)])(?:[ \t]+(.*))?$/s.exec(line) ?? [];
  if (space === undefined || mark === undefined) return null;
  return {
    kind: mark.slice(-1),
    number: digits === undefined ? null : Number(digits),
    indent: indentOf(line),
    text: text ?? '',
  };
}

/** The width of the white space at the beginning of a line, in columns. */
export function indentOf(line: string): number {
  let columns = 0;
  for (let at = 0; line[at] === ' ' || line[at] === '\t'; at++)
    columns += line[at] === '\t' ? TAB_COLUMNS - (columns % TAB_COLUMNS) : 1;
  return columns;
}

/** Removes at most so many columns of white space from the beginning. */
export function withoutIndent(line: string, columns: number): string {
  let taken = 0;
  let at = 0;
  for (; taken < columns && (line[at] === ' ' || line[at] === '\t'); at++)
    taken += line[at] === '\t' ? TAB_COLUMNS - (taken % TAB_COLUMNS) : 1;
  return ' '.repeat(Math.max(0, taken - columns)) + line.slice(at);
}

/** Removes the closing marks of a heading such as `## Title ##`. */
function withoutClosingMarks(text: string): string {
  let end = text.length;
  while (text[end - 1] === '#') end--;
  const isApart = end === 0 || text[end - 1] === ' ' || text[end - 1] === '\t';
  return isApart ? text.slice(0, end).trim() : text;
}

function isAll(text: string, char: string): boolean {
  for (const each of text) if (each !== char) return false;
  return true;
}
