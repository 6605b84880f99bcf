import { html, type TemplateResult } from 'lit/html.js';

/** A text of up to this length, in characters, is rendered in one piece. */
export const MAX_WHOLE_LENGTH = 4_000;

const MAX_PIECE_LENGTH = 2_000;

/**
 * Splits a long text into blocks, so that the browser lays out only the blocks in sight: a megabyte in one piece would block
 * the page for seconds. Blocks end at a line break or a space where there is one. No character is lost. A short text is
 * returned as it is.
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

/**
 * Returns where the block ends: behind the last line break, else the last space, that leaves at least half a block; never
 * within a character.
 */
function endOfPiece(text: string, start: number): number {
  const piece = text.slice(start, start + MAX_PIECE_LENGTH);
  if (start + piece.length === text.length) return text.length;
  for (const separator of ['\n', ' ']) {
    const end = piece.lastIndexOf(separator) + 1;
    if (end > MAX_PIECE_LENGTH / 2) return start + end;
  }
  return start + piece.length - (/[\ud800-\udbff]$/.test(piece) ? 1 : 0);
}
