import { html, type TemplateResult } from 'lit/html.js';

/** Up to here a text is laid out at once. */
export const MAX_WHOLE_LENGTH = 4_000;

const MAX_PIECE_LENGTH = 2_000;

/**
 * A text of any length, such that the browser lays out only what is in sight: a megabyte would hold up the page for
 * seconds. A long one comes in blocks of its own, which end with a line where there is one. Not a character is lost.
 */
export function longText(text: string): string | TemplateResult[] {
  if (text.length <= MAX_WHOLE_LENGTH) return text;
  const pieces: TemplateResult[] = [];
  for (let start = 0; start < text.length;) {
    const end = endOfPiece(text, start);
    pieces.push(html`<span class="piece">${text.slice(start, end)}</span>`);
    start = end;
  }
  return pieces;
}

/** Behind the last line break, else the last space, that leaves at least half a piece; never within a character. */
function endOfPiece(text: string, start: number): number {
  const piece = text.slice(start, start + MAX_PIECE_LENGTH);
  if (start + piece.length === text.length) return text.length;
  for (const separator of ['\n', ' ']) {
    const end = piece.lastIndexOf(separator) + 1;
    if (end > MAX_PIECE_LENGTH / 2) return start + end;
  }
  return start + piece.length - (/[\ud800-\udbff]$/.test(piece) ? 1 : 0);
}
