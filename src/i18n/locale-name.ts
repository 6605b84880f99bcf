import type { WordOf } from './word-of.js';

const LIST =
  'ar as bn cs de el en es fa fr gu he hi id it ja kn ko ml mr nl or pa pl pt ro ru sv ta te th tr uk ur vi zh zh-Hant';

export type LocaleName = WordOf<typeof LIST>;

/** The languages of the interface. All but English have a file in `locales/`. */
export const LOCALE_NAMES = LIST.split(' ') as LocaleName[];

/**
 * Returns the interface language that a BCP 47 tag means, where it is written in the tag's script; English where there is none:
 * our Punjabi is in Gurmukhi, and that of Pakistan is not.
 */
export function localeName(tag: string): LocaleName {
  try {
    const { language, script } = likely(tag.replaceAll('_', '-'));
    const names = [`${language}-${script}`, language];
    const isOurs = (name: LocaleName): boolean => names.includes(name) && likely(name).script === script;
    return LOCALE_NAMES.find(isOurs) ?? 'en';
  } catch {
    // Not a language tag.
    return 'en';
  }
}

/** The locale with the script that its language has in its region. */
const likely = (tag: string): Intl.Locale => new Intl.Locale(tag).maximize();
