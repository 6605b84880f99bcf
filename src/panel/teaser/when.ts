/** When the teaser shows by itself. */
export type Moment =
  | { kind: 'seconds'; seconds: number }
  /** The mouse leaves the page at its top. */
  | { kind: 'exit' }
  /** So much of what can be scrolled was scrolled, in percent. */
  | { kind: 'scroll'; percent: number };

/** In seconds. */
const DEFAULT: Moment = { kind: 'seconds', seconds: 5 };

/** Reads `teaser-after`: `8`, `exit` or `scroll:50`; `null` for anything else. */
export function readMoment(value: string | number | undefined): Moment | null {
  const text = String(value ?? '').trim();
  if (text === '') return DEFAULT;
  if (text === 'exit') return { kind: 'exit' };
  const [, percent] = /^scroll:(\d{1,3})%?$/.exec(text) ?? [];
  if (percent !== undefined && Number(percent) <= 100) return { kind: 'scroll', percent: Number(percent) };
  const [, seconds] = /^(\d{1,5}(?:\.\d+)?)s?$/.exec(text) ?? [];
  return seconds === undefined ? null : { kind: 'seconds', seconds: Number(seconds) };
}

export const readMomentOrDefault = (value: string | undefined): Moment => readMoment(value) ?? DEFAULT;

/**
 * Whether a path is among those of `teaser-on`: patterns with blanks or commas between them, in which `*` stands for anything.
 * A slash at the end makes no difference. No pattern means every path.
 */
export function isOnPath(patterns: string | undefined, path: string): boolean {
  const list = (patterns ?? '').split(/[\s,]+/).filter(Boolean);
  return list.length === 0 || list.some((pattern) => matches(bare(pattern), bare(path)));
}

/** Compares without a regular expression, which a long pattern with many stars could keep busy for minutes. */
function matches(pattern: string, path: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === path;
  if (!path.startsWith(first)) return false;
  const last = rest.pop() ?? '';
  let at = first.length;
  for (const piece of rest) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return path.length - last.length >= at && path.endsWith(last);
}

const bare = (path: string): string => path.replace(/(.)\/$/, '$1');
