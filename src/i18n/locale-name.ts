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

/** The scripts of the languages that are not written in Latin script. */
const SCRIPTS: Partial<Record<string, string>> = { ar: 'arab', hi: 'deva', ja: 'jpan', zh: 'hans' };

/** Returns the interface language that a BCP 47 tag means, in the tag's script; English where there is none. */
export function localeName(tag: string): LocaleName {
  const [, language, script, region] =
    /^([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}))?(?![a-z\d])/.exec(tag.toLowerCase()) ?? [];
  const isOurs = language !== undefined && Object.hasOwn(LAUNCHER_WORDS, language);
  if (!isOurs || (script && script !== (SCRIPTS[language] ?? 'latn'))) return 'en';
  // These regions write Chinese in traditional characters; our Chinese is simplified.
  if (language === 'zh' && !script && ['tw', 'hk', 'mo'].includes(region ?? '')) return 'en';
  return language as LocaleName;
}
