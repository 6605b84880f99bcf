/** The languages of the interface, with the launcher's word in each: it must stand before any of the rest has arrived. */
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

/** Those whose words are not in Latin script. */
const SCRIPTS: Partial<Record<string, string>> = { ar: 'arab', hi: 'deva', ja: 'jpan', zh: 'hans' };

/** Which of our languages is meant by a BCP 47 tag, in its script; English where none is. */
export function localeName(tag: string): LocaleName {
  const [, language, script, region] =
    /^([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}))?(?![a-z\d])/.exec(tag.toLowerCase()) ?? [];
  const isOurs = language !== undefined && Object.hasOwn(LAUNCHER_WORDS, language);
  if (!isOurs || (script && script !== (SCRIPTS[language] ?? 'latn'))) return 'en';
  // Where Chinese is written in traditional characters.
  if (language === 'zh' && !script && ['tw', 'hk', 'mo'].includes(region ?? '')) return 'en';
  return language as LocaleName;
}
