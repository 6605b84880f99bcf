import { expect, it } from 'vitest';
import { presetCountry } from '../../../../src/panel/callback/preset-country.js';

it.each([
  ['de-AT', 'AT'],
  ['en-GB', 'GB'],
  ['pt-BR', 'BR'],
  ['zh-Hant-TW', 'TW'],
  ['de', 'DE'],
  ['en', 'US'],
  ['ar', 'EG'],
  ['es-419', 'ES'],
  ['eo', 'US'],
  ['', 'US'],
  ['not a language', 'US'],
])('%j suggests %s', (language, country) => expect(presetCountry(language)).toBe(country));
