import { AREAS, COUNTRIES } from './calling-codes.js';

export interface NumberInCountry {
  /** ISO 3166-1 alpha-2. */
  countryCode: string;
  /** The digits after the calling code. */
  nationalNumber: string;
}

/** Returns the country of an E.164 number; `null` when its calling code belongs to none, as those of satellites do. */
export function findCountry(e164: string): NumberInCountry | null {
  const digits = e164.replace(/\D/g, '');
  for (const length of [1, 2, 3]) {
    const code = digits.slice(0, length);
    const country = COUNTRIES.get(code);
    if (country === undefined) continue;
    const nationalNumber = digits.slice(length);
    return { countryCode: findArea(code, nationalNumber) ?? country, nationalNumber };
  }
  return null;
}

function findArea(code: string, nationalNumber: string): string | undefined {
  const areas = Object.entries(AREAS[code] ?? {});
  return areas.find(([, prefixes]) =>
    prefixes.split(' ').some((prefix) => nationalNumber.startsWith(prefix)),
  )?.[0];
}
