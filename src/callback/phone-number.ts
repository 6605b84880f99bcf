import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
  type PhoneNumber,
} from 'libphonenumber-js/min';

/** What is wrong with a typed number, one word per sentence that the visitor reads. */
export type NumberFault = 'empty' | 'not-a-number' | 'too-short' | 'too-long' | 'wrong-country';

/** A number that can be called, as E.164 (`+493012345`), or what is wrong with it. */
export type CheckedNumber = { number: string; fault: null } | { number: null; fault: NumberFault };

/** Checks what somebody typed as a number of `country` (ISO 3166, two letters). Never throws. */
export function checkNumber(typed: string, country: string): CheckedNumber {
  const text = normalise(typed);
  const fault = text === '' ? 'empty' : faultOf(text, country);
  if (fault) return { number: null, fault };
  const number = parse(text, country)?.number;
  return number ? { number, fault: null } : { number: null, fault: 'not-a-number' };
}

/** The country that a typed `+49…` or `0049…` names; `current` where it names none, or one that shares the code. */
export function countryOf(typed: string, current: string): string {
  const text = normalise(typed);
  const whole = parse(text, current);
  if (whole?.country && whole.isValid()) return whole.country;
  const digits = text.replace(/\D/g, '');
  if (!text.startsWith('+') || sharesCode(current, digits)) return current;
  const sharing = getCountries().filter((country) => sharesCode(country, digits));
  return sharing.find((country) => MAIN_COUNTRIES.has(country)) ?? sharing[0] ?? current;
}

/** Every country that has numbers, with its calling code, without `+`. */
export function listCountries(): { country: string; callingCode: string }[] {
  return getCountries().map((country) => ({ country, callingCode: getCountryCallingCode(country) }));
}

/** Where several share a calling code and the first by name is not the one that most people mean. */
const MAIN_COUNTRIES: ReadonlySet<string> = new Set(['US', 'RU', 'MA', 'FI', 'GP', 'CW']);

/** Shorter than any country's numbers. */
const FEWEST_DIGITS = 4;

function faultOf(text: string, country: string): NumberFault | null {
  if (!/^\+?[\d\s().\-‐-―−/·]*$/.test(text) || !/\d/.test(text)) return 'not-a-number';
  if (text.replace(/\D/g, '').length < FEWEST_DIGITS) return 'too-short';
  const parsed = parse(text, country);
  if (!parsed || !isSupportedCountry(country)) return 'not-a-number';
  // A national number of another country cannot be told from a mistyped one, so both are answered alike.
  if (parsed.countryCallingCode !== getCountryCallingCode(country)) return 'wrong-country';
  const length = validatePhoneNumberLength(text, { defaultCountry: country });
  if (length === 'TOO_SHORT') return 'too-short';
  if (length === 'TOO_LONG') return 'too-long';
  return parsed.isValid() ? null : 'wrong-country';
}

function parse(text: string, country: string): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, {
    ...(isSupportedCountry(country) ? { defaultCountry: country } : {}),
    // A number within other text is a mistake here, not a find.
    extract: false,
  });
}

function sharesCode(country: string, digits: string): boolean {
  return isSupportedCountry(country) && digits.startsWith(getCountryCallingCode(country));
}

/**
 * Digits as `0` to `9`, `00` and `(+` at the beginning as `+`, and none of the invisible marks that a copied number brings. `00`
 * means `+` wherever somebody writes it: no country's own numbers begin so.
 */
function normalise(typed: string): string {
  return typed
    .replace(/\p{Cf}/gu, '')
    .replace(/[٠-٩۰-۹０-９]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace('＋', '+')
    .trim()
    .replace(/^\(?(\+|00)/, '+');
}
