import { MAX_LINK_LENGTH } from './safe-link.js';

export interface LinkTarget {
  url: string;
  title: string | null;
  /** The position behind the closing parenthesis. */
  end: number;
}

/**
 * Reads `url "title")` or `<url> "title")` from behind an opening parenthesis; `null` when the text there is neither. Parentheses
 * within the address nest once, so that no character is read by more than two failing tries.
 */
export function readLinkTarget(text: string, start: number): LinkTarget | null {
  const from = skipSpace(text, start);
  const isBracketed = text[from] === '<';
  const urlStart = isBracketed ? from + 1 : from;
  const urlEnd = isBracketed ? endOfBracketed(text, urlStart) : endOfBare(text, urlStart);
  if (urlEnd === null || urlEnd === urlStart) return null;
  const url = text.slice(urlStart, urlEnd);
  const afterUrl = isBracketed ? urlEnd + 1 : urlEnd;
  const next = skipSpace(text, afterUrl);
  if (text[next] === ')') return { url, title: null, end: next + 1 };
  const quote = text[next];
  if (next === afterUrl || (quote !== '"' && quote !== "'")) return null;
  const titleEnd = text.indexOf(quote, next + 1);
  if (titleEnd === -1) return null;
  const end = skipSpace(text, titleEnd + 1);
  return text[end] === ')' ? { url, title: text.slice(next + 1, titleEnd), end: end + 1 } : null;
}

function endOfBracketed(text: string, start: number): number | null {
  for (let at = start; at < text.length && at - start <= MAX_LINK_LENGTH; at++) {
    if (text[at] === '>') return at;
    if (text[at] === '<' || text[at] === '\n') return null;
  }
  return null;
}

function endOfBare(text: string, start: number): number | null {
  let isNested = false;
  for (let at = start; at < text.length && at - start <= MAX_LINK_LENGTH; at++) {
    const char = text[at] ?? '';
    if (isSpace(char) || (char === ')' && !isNested)) return at;
    if (char === '(' && isNested) return null;
    if (char === '(') isNested = true;
    if (char === ')') isNested = false;
  }
  return null;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (isSpace(text[at])) at++;
  return at;
}

function isSpace(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\n';
}
