import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { AREAS, COUNTRIES } from './upstreams/calling-codes.js';

/** How many digits an entry of `allow.destinations` must have to allow a number. */
export interface Barrier {
  /** The digits for the kind of the number; 0 for a kind that any visitor's own telephone has. */
  kind: number;
  /** The digits for a number of a smaller country that shares the calling code of a large one; else 0. */
  area: number;
}

const OF_VISITORS = new Set<string | undefined>([
  'FIXED_LINE',
  'MOBILE',
  'FIXED_LINE_OR_MOBILE',
  // Numbers that households get together with an internet connection, e.g. 09 in France.
  'VOIP',
]);

/**
 * The countries that an entry means by a shared calling code. The other countries of the code cost more: the Caribbean, the
 * islands of the Channel, Kazakhstan.
 */
const MEANT: Record<string, readonly string[]> = { '1': ['US', 'CA'], '7': ['RU'], '44': ['GB'] };

/** Satellite numbers under the code of a country, which count as ordinary numbers there: in Canada and Australia. */
const SATELLITES = /^\+(1600|61147)/;

/** The digits of a range, after the calling code: `900` of `+49 900`. */
const DIGITS_OF_A_RANGE = 3;
/**
 * The digits of codes of no country: satellites, networks on ships and in aeroplanes, international premium and shared-cost
 * numbers.
 */
const DIGITS_OF_A_CODE = 3;

/**
 * Returns the barrier of a number, by the types that Google's libphonenumber knows. A number that it does not know may be
 * anything, and cost anything.
 */
export function barrierOf(e164: string): Barrier {
  const number = parsePhoneNumberFromString(e164);
  const code = number?.countryCallingCode;
  if (!number || code === undefined || !COUNTRIES.has(code)) return { kind: DIGITS_OF_A_CODE, area: 0 };
  const type = number.getType();
  const areaDigits = digitsOfArea(code, number.nationalNumber, number.country);
  const area = areaDigits === 0 ? 0 : code.length + areaDigits;
  if (OF_VISITORS.has(type) && !SATELLITES.test(e164)) return { kind: 0, area };
  const digits =
    type === undefined ? Math.max(areaDigits, DIGITS_OF_A_RANGE) : areaDigits + DIGITS_OF_A_RANGE;
  return { kind: code.length + digits, area };
}

function digitsOfArea(code: string, nationalNumber: string, country: string | undefined): number {
  const meant = MEANT[code];
  if (!meant) return 0;
  for (const [other, starts] of Object.entries(AREAS[code] ?? {})) {
    if (meant.includes(other)) continue;
    const start = starts.split(' ').find((each) => nationalNumber.startsWith(each));
    if (start !== undefined) return start.length;
  }
  return country === undefined || meant.includes(country) ? 0 : DIGITS_OF_A_RANGE;
}
