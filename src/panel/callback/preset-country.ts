/**
 * Returns the country (ISO 3166) that a browser's language suggests: its own region, else where the language is spoken most,
 * else `US`.
 */
export function presetCountry(language: string): string {
  try {
    const locale = new Intl.Locale(language);
    const regions = [locale.region, new Intl.Locale(locale.language).maximize().region];
    return regions.find((region) => /^[A-Z]{2}$/.test(region ?? '')) ?? LAST_RESORT;
  } catch {
    return LAST_RESORT;
  }
}

const LAST_RESORT = 'US';
