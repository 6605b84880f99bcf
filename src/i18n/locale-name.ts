/** The languages of the interface, with the launcher's text in each: the launcher must show before any other text has loaded. */
export const LAUNCHER_WORDS = {
  ar: 'تواصلوا معنا',
  de: 'Sprechen Sie mit uns',
  en: 'Talk to us',
  es: 'Hable con nosotros',
  fr: 'Échangez avec nous',
  hi: 'हमसे बात करें',
  it: 'Parli con noi',
  ja: 'お問い合わせ',
  nl: 'Praat met ons',
  pl: 'Porozmawiaj z nami',
  pt: 'Fale conosco',
  tr: 'Bize ulaşın',
  zh: '联系我们',
};

export type LocaleName = keyof typeof LAUNCHER_WORDS;

/**
 * Returns the interface language that a BCP 47 tag means, where it is written in the tag's script; English where there is none:
 * our Chinese is simplified, and that of Taiwan is not.
 */
export function localeName(tag: string): LocaleName {
  try {
    const { language, script } = likely(tag.replaceAll('_', '-'));
    if (Object.hasOwn(LAUNCHER_WORDS, language) && likely(language).script === script)
      return language as LocaleName;
  } catch {
    // Not a language tag.
  }
  return 'en';
}

/** The locale with the script that its language has in its region. */
const likely = (tag: string): Intl.Locale => new Intl.Locale(tag).maximize();
