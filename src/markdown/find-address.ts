import { decodeEntities } from './entities.js';
import { endOfAddress } from './end-of-address.js';

/** What looks like an address in the text. `safeLink` decides whether it may be a link. */
export interface Address {
  start: number;
  end: number;
  /** The text that is shown. */
  text: string;
  target: string;
}

const WEB_START = /https?:\/\/|www\.(?=[a-z\d-]+\.)/iy;
// Ends at white space, quotes, angle brackets, characters that are invisible or change the direction of text, and the punctuation
// of other scripts.
const WEB_REST =
  /[^\s<>"`\]“”„«»—…\u060c\u061b\u061f\u06d4\u0964\u0965\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u3000-\u3004\u3008-\u3020\u3030\u303d\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+/y;
const BRACKETED = /<([a-z][a-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@:]+@[^\s<>@]+)>/iy;
const DOMAIN = /[a-z0-9.-]+/iy;

const MAX_LOCAL_PART = 64;
const MAX_DOMAIN = 253;

/** The web address that begins at `at`, without the punctuation of the sentence around it; `null` when there is none. */
export function findWebAddress(text: string, at: number): Address | null {
  if (at > 0 && /[a-z0-9]/i.test(text[at - 1] ?? '')) return null;
  const beginning = match(WEB_START, text, at);
  if (beginning === null) return null;
  const hostAt = at + (beginning.endsWith('/') ? beginning.length : 0);
  const end = endOfAddress(text, at, hostAt, endOfRun(text, at + beginning.length));
  const written = withoutPunctuation(text.slice(at, end));
  const shown = decodeEntities(written);
  const target = beginning.endsWith('/') ? shown : `https://${shown}`;
  return { start: at, end: at + written.length, text: shown, target };
}

/** The address in `<https://…>` or `<name@host>` at `at`; `null` when there is none. */
export function findBracketedAddress(text: string, at: number): Address | null {
  const found = match(BRACKETED, text, at);
  if (found === null) return null;
  const shown = decodeEntities(found.slice(1, -1));
  const target = shown.includes(':') ? shown : `mailto:${shown}`;
  return { start: at, end: at + found.length, text: shown, target };
}

/** The e-mail address around the `@` at `at`, which begins at `from` or later; `null` when there is none. */
export function findEmailAddress(text: string, at: number, from: number): Address | null {
  let start = at;
  while (start > from && at - start < MAX_LOCAL_PART && /[\w.%+-]/.test(text[start - 1] ?? '')) start--;
  while (start < at && text[start] === '.') start++;
  const domain = withoutEnding((match(DOMAIN, text, at + 1) ?? '').slice(0, MAX_DOMAIN), '.-');
  if (start === at || !/^[^.]+(?:\.[^.]+)+$/.test(domain)) return null;
  const shown = `${text.slice(start, at)}@${domain}`;
  return { start, end: start + shown.length, text: shown, target: `mailto:${shown}` };
}

/** The end of the run of characters of an address. In `[a](b)` it also ends before `](`. */
function endOfRun(text: string, start: number): number {
  let end = start;
  for (;;) {
    end += match(WEB_REST, text, end)?.length ?? 0;
    if (text[end] !== ']' || text[end + 1] === '(') return end;
    end++;
  }
}

/**
 * Removes the punctuation of the sentence from the end. A closing bracket stays when it was opened within the address; an entity
 * at the end is removed.
 */
function withoutPunctuation(address: string): string {
  const url = address.replace(/&(?:[a-z][a-z\d]{1,9}|#x?[\da-f]{1,7});$/i, '');
  let round = count(url, ')') - count(url, '(');
  let square = count(url, ']') - count(url, '[');
  let end = url.length;
  for (; end > 0; end--) {
    const last = url[end - 1] ?? '';
    if (last === ')' && round > 0) round--;
    else if (last === ']' && square > 0) square--;
    else if (!`?!.,:;*_~'’|\\`.includes(last)) break;
  }
  return url.slice(0, end);
}

function withoutEnding(text: string, unwanted: string): string {
  let end = text.length;
  while (end > 0 && unwanted.includes(text[end - 1] ?? '')) end--;
  return text.slice(0, end);
}

function count(text: string, char: string): number {
  return text.split(char).length - 1;
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
