const RIGHT_TO_LEFT_LANGUAGES = /^(?:arc?|ckb|dv|fa|he|iw|ks|nqo|ps|sd|syr|ug|ur|yi)$/;
const RIGHT_TO_LEFT_SCRIPTS = /^(?:adlm|arab|hebr|mand|nkoo|rohg|syrc|thaa)$/;

/** Returns the direction of a BCP 47 tag: its script decides when it names one (`pa-Arab`, `ar-Latn`), else its language. */
export function textDirection(language: string): 'ltr' | 'rtl' {
  const [primary = '', second = ''] = language.toLowerCase().split('-');
  const isRightToLeft = /^[a-z]{4}$/.test(second)
    ? RIGHT_TO_LEFT_SCRIPTS.test(second)
    : RIGHT_TO_LEFT_LANGUAGES.test(primary);
  return isRightToLeft ? 'rtl' : 'ltr';
}
