import { barrierOf } from './number-barrier.js';

/**
 * Which numbers a callback may call, at the site's cost. `['+49', '!+49900']`: the longest entry with which a number begins
 * decides, `!` excludes, and `'any'` is every country. Premium, shared-cost and satellite numbers, other special kinds, and
 * numbers in no known range are refused all the same, unless an entry names their range.
 */
export class Destinations {
  /** Digits without the `+`; the longest first. */
  readonly #entries: readonly { start: string; isExcluded: boolean }[];

  /** Throws a `TypeError` for an entry that is no beginning of a number, so that a typing error allows nothing. */
  constructor(entries: readonly string[] | 'any') {
    const list: readonly unknown[] = entries === 'any' ? ['any'] : entries;
    if (!Array.isArray(list))
      throw new TypeError("createRelay: `allow.destinations` is a list like ['+49', '!+49900'], or 'any'");
    // Of two entries with the same digits the one that excludes counts.
    this.#entries = list
      .map(readEntry)
      .toSorted(
        (one, other) =>
          other.start.length - one.start.length || Number(other.isExcluded) - Number(one.isExcluded),
      );
    if (this.#entries.every(({ isExcluded }) => isExcluded))
      throw new TypeError('createRelay: `allow.destinations` allows no number');
  }

  /** Whether this number may be called. `destination` is in E.164; anything else may not. */
  allows(destination: string): boolean {
    if (!/^\+[1-9]\d{1,14}$/.test(destination)) return false;
    const digits = destination.slice(1);
    const decisive = this.#entries.find(({ start }) => digits.startsWith(start));
    if (!decisive || decisive.isExcluded) return false;
    const { kind, area } = barrierOf(destination);
    const isOfThisCountry = decisive.start === '' || decisive.start.length >= area;
    return isOfThisCountry && decisive.start.length >= kind;
  }
}

function readEntry(entry: unknown): { start: string; isExcluded: boolean } {
  if (entry === 'any') return { start: '', isExcluded: false };
  if (typeof entry !== 'string' || !/^!?\+[1-9]\d{0,14}$/.test(entry))
    throw new TypeError(
      `createRelay: ${JSON.stringify(entry) ?? String(entry)} in \`allow.destinations\` is not like '+49', '!+49900' or 'any'`,
    );
  return { start: entry.replace(/^!?\+/, ''), isExcluded: entry.startsWith('!') };
}
