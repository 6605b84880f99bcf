import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { AREAS, COUNTRIES } from './upstreams/calling-codes.js';

/** How many digits an entry of `allow.destinations` must have to open the way to a number. */
export interface Barrier {
  /** Because of what kind of number it is; 0 for a kind that any visitor's own telephone has. */
  kind: number;
  /** Because it is of a smaller country that shares the calling code of a large one; else 0. */
  area: number;
}

const OF_VISITORS = new Set<string | undefined>([
  'FIXED_LINE',
  'MOBILE',
  'FIXED_LINE_OR_MOBILE',
  // What households get together with a line for data, e.g. 09 in France.
  'VOIP',
]);

/** By calling code: who is meant by it. The others cost more: the Caribbean, the islands of the Channel, Kazakhstan. */
const MEANT: Record<string, readonly string[]> = { '1': ['US', 'CA'], '7': ['RU'], '44': ['GB'] };

/** Satellites under the code of a country, which count as ordinary numbers there: in Canada and Australia. */
const SATELLITES = /^\+(1600|61147)/;

/** After the calling code: `900` of `+49 900`. */
const DIGITS_OF_A_RANGE = 3;
/** Codes of no country: satellites, networks on ships and in aeroplanes, international premium and shared-cost numbers. */
const DIGITS_OF_A_CODE = 3;

/** By the types that Google's libphonenumber knows. What it does not know may be anything, and cost anything. */
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
