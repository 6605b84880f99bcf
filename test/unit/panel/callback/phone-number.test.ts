import { describe, expect, it } from 'vitest';
import { checkNumber, countryOf, listCountries } from '../../../../src/panel/callback/phone-number.js';

/** By the real library: two ways to write a number of each country, and its one E.164 form. */
const VALID: [country: string, typed: string, number: string][] = [
  ['DE', '0170 1234567', '+491701234567'],
  ['DE', '+49 (0)30 / 901820', '+4930901820'],
  ['FR', '06 12 34 56 78', '+33612345678'],
  ['FR', '0033 6 12 34 56 78', '+33612345678'],
  ['GB', '07400 123456', '+447400123456'],
  ['GB', '(+44) 20 7946 0958', '+442079460958'],
  ['US', '(202) 555-0100', '+12025550100'],
  ['US', '+1.202.555.0100', '+12025550100'],
  ['CA', '416-555-0123', '+14165550123'],
  ['IN', '098765 43210', '+919876543210'],
  ['IN', '+91 98765 43210', '+919876543210'],
  ['BR', '(11) 91234-5678', '+5511912345678'],
  ['BR', '0055 11 91234 5678', '+5511912345678'],
  ['JP', '090-1234-5678', '+819012345678'],
  ['JP', '＋81 90 1234 5678', '+819012345678'],
  ['AU', '0412 345 678', '+61412345678'],
  ['AU', '+61 2 9374 4000', '+61293744000'],
  // The zero of an Italian number is part of it.
  ['IT', '06 12345678', '+390612345678'],
  ['IT', '347 1234567', '+393471234567'],
  ['ES', '612 34 56 78', '+34612345678'],
  ['AE', '٠٥٠ ١٢٣ ٤٥٦٧', '+971501234567'],
  ['IR', '۰۹۱۲۳۴۵۶۷۸۹', '+989123456789'],
  ['KE', '0712 345678', '+254712345678'],
  ['AR', '011 15-2345-6789', '+5491123456789'],
];

describe('a number that can be called', () => {
  it.each(VALID)('%s: %s', (country, typed, number) =>
    expect(checkNumber(typed, country)).toEqual({ number, fault: null }),
  );

  it('is told for at least ten countries, and never longer than E.164 allows', () => {
    expect(new Set(VALID.map(([country]) => country)).size).toBeGreaterThanOrEqual(10);
    for (const [, , number] of VALID) expect(number).toMatch(/^\+[1-9]\d{6,14}$/);
  });

  it('is the same with the invisible marks that a copy brings', () => {
    expect(checkNumber('\u202a+49 170 1234567\u202c', 'DE').number).toBe('+491701234567');
    expect(checkNumber('\u2066‎0170\u00a01234567\u2069', 'DE').number).toBe('+491701234567');
  });
});

const INVALID: [country: string, typed: string, fault: string][] = [
  ['DE', '', 'empty'],
  ['DE', '  \u200e ', 'empty'],
  ['DE', 'call me', 'not-a-number'],
  ['DE', '0170 1234567;phone-context=x', 'not-a-number'],
  ['DE', '+', 'not-a-number'],
  ['DE', '+49 +170 1234567', 'not-a-number'],
  ['DE', '<img src=x onerror=alert(1)>', 'not-a-number'],
  ['DE', '+999 12345678', 'not-a-number'],
  ['DE', '112', 'too-short'],
  ['DE', '+49 1', 'too-short'],
  ['DE', '0170 1234567 1234567', 'too-long'],
  ['FR', '06 12 34', 'too-short'],
  ['FR', '06 12 34 56 78 90', 'too-long'],
  ['FR', '00 00 00 00 00', 'not-a-number'],
  ['GB', '07400 12345', 'wrong-country'],
  ['GB', '07400 1234567', 'too-long'],
  ['US', '555-0100', 'too-short'],
  ['US', '(102) 555-0100', 'wrong-country'],
  ['US', '202 555 01000', 'too-long'],
  ['IN', '+91 55', 'too-short'],
  ['IN', '98765 4321', 'wrong-country'],
  ['BR', '(11) 9123', 'too-short'],
  ['JP', '090-1234', 'too-short'],
  ['AU', '0412 345', 'wrong-country'],
  ['IT', '0', 'too-short'],
  ['ES', '112 34 56 78', 'wrong-country'],
  ['AE', '050 12', 'wrong-country'],
  ['KE', '0712 345678 99', 'too-long'],
  // Numbers that belong to no country cost the most.
  ['DE', '+800 1234 5678', 'wrong-country'],
  ['DE', '+881 612 345 678', 'wrong-country'],
  // The country was chosen anew after the number was typed.
  ['FR', '+49 170 1234567', 'wrong-country'],
  ['XX', '0170 1234567', 'not-a-number'],
  ['', '0170 1234567', 'not-a-number'],
];

/** As address books, messengers, dial pads and other scripts have them. */
const AS_WRITTEN: [country: string, typed: string, number: string][] = [
  // The dialling prefix of one's own country.
  ['US', '011 49 170 1234567', '+491701234567'],
  ['US', '01149 30 901820', '+4930901820'],
  ['CA', '011-44-20-7946-0958', '+442079460958'],
  ['JP', '010 49 170 1234567', '+491701234567'],
  ['AU', '0011 44 20 7946 0958', '+442079460958'],
  ['SG', '001 49 30 901820', '+4930901820'],
  ['RU', '8~10 49 170 1234567', '+491701234567'],
  ['BR', '0021 44 20 7946 0958', '+442079460958'],
  // 00 is understood everywhere.
  ['US', '0049 170 1234567', '+491701234567'],
  ['AU', '0049 170 1234567', '+491701234567'],
  // A trunk number that looks like somebody else's prefix.
  ['IT', '011 4917012', '+390114917012'],
  ['GB', '0114 273 4567', '+441142734567'],
  // One's own code without a plus, and numbers that merely begin like it.
  ['RU', '7 912 345 67 89', '+79123456789'],
  ['FR', '33 6 12 34 56 78', '+33612345678'],
  ['BR', '(55) 91234-5678', '+5555912345678'],
  ['PL', '48 123 45 67', '+48481234567'],
  // Full-width marks, Japanese long-vowel marks, brackets.
  ['JP', '（０３）１２３４－５６７８', '+81312345678'],
  ['JP', '０９０ー１２３４ー５６７８', '+819012345678'],
  ['JP', '【090】1234‐5678', '+819012345678'],
  ['CN', '＋８６　１３８　００１３　８０００', '+8613800138000'],
  // Digits of India, Bengal, Tamil Nadu, Thailand.
  ['IN', '०९८७६५४३२१०', '+919876543210'],
  ['IN', '৯৮৭৬৫ ৪৩২১০', '+919876543210'],
  ['IN', '+௯௧ ௯௮௭௬௫ ௪௩௨௧௦', '+919876543210'],
  ['TH', '๐๘๑-๒๓๔-๕๖๗๘', '+66812345678'],
  ['DE', 'tel:+49-170-1234567', '+491701234567'],
  ['DE', 'Tel.: 0170/1234567', '+491701234567'],
  // What people write before a number, in the languages of the interface.
  ['IN', 'फ़ोन: 98765 43210', '+919876543210'],
  ['IN', 'मोबाइल ९८७६५ ४३२१०', '+919876543210'],
  ['IN', 'ஃபோன்: 98765 43210', '+919876543210'],
  ['IN', 'ফোন ৯৮৭৬৫ ৪৩২১০', '+919876543210'],
  ['RU', 'тел. +7 912 345-67-89', '+79123456789'],
  ['TH', 'โทร. 081-234-5678', '+66812345678'],
  ['TW', '手機：0912-345-678', '+886912345678'],
  ['KR', '전화번호: 010-1234-5678', '+821012345678'],
  ['IL', 'טל׳ 050-123-4567', '+972501234567'],
  ['IR', 'تلفن: ۰۹۱۲ ۳۴۵ ۶۷۸۹', '+989123456789'],
  ['VN', 'SĐT: 0912 345 678', '+84912345678'],
  ['DE', '0170 1234567 ext. 5', '+491701234567'],
  ['US', '+1 415-555-2671 x12', '+14155552671'],
  ['US', 'tel:+1-415-555-2671;ext=12', '+14155552671'],
  ['JP', '03-1234-5678 内線 12', '+81312345678'],
  // Mexico and Argentina before their numbering plans changed.
  ['MX', '+52 1 55 1234 5678', '+525512345678'],
  ['MX', '044 55 1234 5678', '+525512345678'],
  ['MX', '01 55 1234 5678', '+525512345678'],
  ['DE', '0052 1 55 1234 5678', '+525512345678'],
  ['AR', '+54 9 11 15 1234 5678', '+5491112345678'],
  ['AR', '+54 9 351 15 123 4567', '+5493511234567'],
  ['AR', '+54 9 011 1234 5678', '+5491112345678'],
  ['AR', '+54 9 11 1234-5678', '+5491112345678'],
];

describe('a number as people write it', () => {
  it.each(AS_WRITTEN)('%s: %s', (country, typed, number) =>
    expect(checkNumber(typed, country)).toEqual({ number, fault: null }),
  );

  it.each([
    // Dialled in Germany either would ring at +49 114…, or +49 4915…: at somebody else's.
    ['DE', '011 49 170 1234567', 'wrong-country'],
    ['DE', '49 151 12345678', 'wrong-country'],
    ['GB', '011 49 170 1234567', 'too-long'],
    ['FR', '011 49 170 1234567', 'too-long'],
    ['AR', '15 1234 5678', 'wrong-country'],
  ])('%s: %s is refused, since it could mean another', (country, typed, fault) =>
    expect(checkNumber(typed, country)).toEqual({ number: null, fault }),
  );

  it.each([
    ['US', '011 49 170 1234567'],
    ['AU', '0011 44 20 7946 0958'],
    ['SG', '001 49 30 901820'],
    ['JP', '010 49 170 1234567'],
    ['GB', '011 49 170 1234567'],
  ])('%s stays the country while %s is typed', (country, typed) => {
    for (let length = 1; length <= typed.length; length++)
      expect(countryOf(typed.slice(0, length), country)).toBe(country);
  });
});

describe('a number that cannot be called', () => {
  it.each(INVALID)('%s: %j is %s', (country, typed, fault) =>
    expect(checkNumber(typed, country)).toEqual({ number: null, fault }),
  );

  it('may be of any length', () =>
    expect(checkNumber(`+49${'1'.repeat(1_000_000)}`, 'DE').fault).toBe('not-a-number'));
});

describe('the country', () => {
  it.each([
    ['+49', 'US', 'DE'],
    ['0049', 'US', 'DE'],
    ['(+49', 'US', 'DE'],
    ['٠٠٤٩', 'US', 'DE'],
    ['+351 9', 'DE', 'PT'],
    // Shared: the one that most people mean, or the one that is there already.
    ['+1', 'DE', 'US'],
    ['+1', 'CA', 'CA'],
    ['+44', 'DE', 'GB'],
    ['+44', 'JE', 'JE'],
    ['+7', 'DE', 'RU'],
    ['+212', 'DE', 'MA'],
    ['+39 06', 'DE', 'IT'],
    // Told by the number itself.
    ['+1 416 555 0123', 'US', 'CA'],
    ['+52 1 55 1234 5678', 'US', 'MX'],
  ])('%s, typed in %s, picks %s', (typed, current, country) =>
    expect(countryOf(typed, current)).toBe(country),
  );

  it.each(['', '+', '0', '00', '0170 1234567', '49', '+4', '+0', 'hello', '+999 1'])(
    '%j leaves it as it is',
    (typed) => expect(countryOf(typed, 'DE')).toBe('DE'),
  );

  it('is one of a list with calling codes', () => {
    const list = listCountries();
    expect(list.length).toBeGreaterThan(200);
    expect(list).toContainEqual({ country: 'DE', callingCode: '49' });
    expect(new Set(list.map(({ country }) => country)).size).toBe(list.length);
  });
});

it.each([`1${' '.repeat(20_000)}a`, `1${';'.repeat(20_000)}`, '0'.repeat(20_000), '+'.repeat(20_000)])(
  'a text of 20,000 characters is no number, and is not looked at for minutes',
  (typed) => {
    expect(checkNumber(typed, 'DE')).toEqual({ number: null, fault: 'not-a-number' });
    expect(countryOf(typed, 'DE')).toBe('DE');
  },
);

it('a number of more than fifteen digits is too long, whatever its country allows', () => {
  expect(checkNumber('+4955501002001711', 'DE')).toEqual({ number: null, fault: 'too-long' });
  expect(checkNumber('55501002001711', 'DE')).toEqual({ number: null, fault: 'too-long' });
});
