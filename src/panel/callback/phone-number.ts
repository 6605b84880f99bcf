import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  Metadata,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
  type PhoneNumber,
} from 'libphonenumber-js/min';
import { currentForm } from './old-number-forms.js';
import { readTypedNumber } from './read-typed-number.js';

/** What is wrong with a typed number. Each value has one sentence for the visitor. */
export type NumberFault = 'empty' | 'not-a-number' | 'too-short' | 'too-long' | 'wrong-country';

/** A number that can be called, as E.164 (`+493012345`), or what is wrong with it. */
export type CheckedNumber = { number: string; fault: null } | { number: null; fault: NumberFault };

/**
 * Checks what a visitor in `country` (ISO 3166, two letters) typed. The rules of that one country read it: its dialling prefix
 * (`011`, `0011`, `010`) means `+`, and a number that is not international is one of its own. Never throws.
 */
export function checkNumber(typed: string, country: string): CheckedNumber {
  const text = readTypedNumber(typed);
  if (text === '') return { number: null, fault: 'empty' };
  if (text === null) return { number: null, fault: 'not-a-number' };
  if (text.replace('+', '').length < FEWEST_DIGITS) return { number: null, fault: 'too-short' };
  if (!isSupportedCountry(country)) return { number: null, fault: 'not-a-number' };
  if (text.startsWith('+')) return checkReading(text, country, callingCode(country));
  const readings = [...internationalReadings(text, country), text];
  const checks = readings.map((reading) =>
    checkReading(reading, country, reading === text ? callingCode(country) : null),
  );
  const numbers = new Set(checks.flatMap(({ number }) => number ?? []));
  // The text may mean two numbers: picking one of them could ring a stranger.
  if (numbers.size > 1 || repeatsCallingCode(text, country)) return WRONG_COUNTRY;
  return checks.find(({ number }) => number !== null) ?? checks[0] ?? WRONG_COUNTRY;
}

/**
 * Returns the country that a typed `+49…` or `0049…` names; `current` where it names none, or one that shares the code with
 * `current`. Digits that may yet become the dialling prefix of `current` name none.
 */
export function countryOf(typed: string, current: string): string {
  const read = readTypedNumber(typed) ?? '';
  const text = read.startsWith('00') && doubleZeroIsPlus(current) ? `+${read.slice(2)}` : read;
  if (!text.startsWith('+')) return current;
  const whole = parse(currentForm(text), current);
  if (whole?.country && whole.isValid()) return whole.country;
  const digits = text.slice(1);
  if (sharesCode(current, digits)) return current;
  const sharing = getCountries().filter((country) => sharesCode(country, digits));
  return sharing.find((country) => MAIN_COUNTRIES.has(country)) ?? sharing[0] ?? current;
}

/** Every country that has numbers, with its calling code, without `+`. */
export function listCountries(): { country: string; callingCode: string }[] {
  return getCountries().map((country) => ({ country, callingCode: getCountryCallingCode(country) }));
}

/** The countries that most people mean where several share a calling code and another one comes first by name. */
const MAIN_COUNTRIES: ReadonlySet<string> = new Set(['US', 'RU', 'MA', 'FI', 'GP', 'CW']);

/** No country's numbers are shorter. */
const FEWEST_DIGITS = 4;

/** E.164: a plus and fifteen digits. Germany has longer numbers within companies, which nobody calls from abroad. */
const LONGEST_NUMBER = 16;

/** The most digits of a number without its calling code: Brazil and China have the longest. */
const MOST_NATIONAL_DIGITS = 11;

/** Dialling prefixes that people know from countries other than the chosen one. */
const FOREIGN_PREFIX = /^(?:011|0011|010|001|810)/;

/** Checks one reading of the typed text. `code` is the calling code that the number must have; `null` for any. */
function checkReading(text: string, country: string, code: string | null): CheckedNumber {
  const given = parse(text, country);
  const parsed = given && !given.isValid() ? (parse(currentForm(given.number), country) ?? given) : given;
  if (!parsed) return { number: null, fault: 'not-a-number' };
  // A national number of another country cannot be told from a mistyped one, so both are answered alike.
  if (code !== null && parsed.countryCallingCode !== code) return { number: null, fault: 'wrong-country' };
  if (parsed.number.length > LONGEST_NUMBER) return { number: null, fault: 'too-long' };
  if (parsed.isValid()) return parsed.country ? { number: parsed.number, fault: null } : WRONG_COUNTRY;
  const length = validatePhoneNumberLength(text, defaultsFor(country));
  if (length === 'TOO_SHORT') return { number: null, fault: 'too-short' };
  return length === 'TOO_LONG' ? { number: null, fault: 'too-long' } : WRONG_COUNTRY;
}

const WRONG_COUNTRY: CheckedNumber = { number: null, fault: 'wrong-country' };

/** Reads `01149…` typed in the US as `+49…`, and `0049…` wherever it is typed: no country's own numbers begin like that. */
function internationalReadings(text: string, country: string): string[] {
  const prefix = new RegExp(`^(?:${diallingPrefix(country)})`).exec(text)?.[0];
  const own = `00${callingCode(country)}`;
  const prefixes = text.startsWith(own) ? ['00'] : [prefix, '00'];
  return prefixes.flatMap((each) => (each && text.startsWith(each) ? [`+${text.slice(each.length)}`] : []));
}

/**
 * Whether the text begins with the country's own calling code, as `011 49 170…` and `49 151 1234 5678` typed in Germany: read
 * as a German number, either would ring a stranger.
 */
function repeatsCallingCode(text: string, country: string): boolean {
  const prefix = FOREIGN_PREFIX.exec(text)?.[0] ?? '';
  if (prefix === '' && text.length <= MOST_NATIONAL_DIGITS) return false;
  const abroad = parse(`+${text.slice(prefix.length)}`, country);
  if (abroad?.countryCallingCode !== callingCode(country) || !abroad.isValid()) return false;
  return abroad.number !== parse(text, country)?.number;
}

/** Whether `00` means `+`: not where it is only the beginning of the dialling prefix, as of `0011`. */
function doubleZeroIsPlus(country: string): boolean {
  if (!isSupportedCountry(country)) return true;
  const prefix = diallingPrefix(country);
  return new RegExp(`^(?:${prefix})$`).test('00') || !/^0[0[(]/.test(prefix);
}

/** The international dialling prefix, as a regular expression. */
function diallingPrefix(country: string): string {
  const metadata = new Metadata() as Metadata & { IDDPrefix(): string };
  if (isSupportedCountry(country)) metadata.selectNumberingPlan(country);
  return metadata.IDDPrefix();
}

function callingCode(country: string): string | null {
  return isSupportedCountry(country) ? getCountryCallingCode(country) : null;
}

function parse(text: string, country: string): PhoneNumber | undefined {
  // Not extracted: a number within other text is a mistake here.
  return parsePhoneNumberFromString(text, { ...defaultsFor(country), extract: false });
}

function defaultsFor(country: string): { defaultCountry?: ReturnType<typeof getCountries>[number] } {
  return isSupportedCountry(country) ? { defaultCountry: country } : {};
}

function sharesCode(country: string, digits: string): boolean {
  const code = callingCode(country);
  return code !== null && digits.startsWith(code);
}
