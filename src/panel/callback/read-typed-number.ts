/**
 * The digits of a telephone number as people write it, with a `+` in front where there was one: in any script's digits and
 * any width, with the brackets, dots and dashes of any country, as `tel:` address, and with an extension, which nobody can
 * be called at and which is left out. Empty for nothing; `null` for what is no number.
 */
export function readTypedNumber(typed: string): string | null {
  if (typed.length > LONGEST) return null;
  const text = typed
    // Full-width forms as plain ones; without the invisible marks that a copied number brings.
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Nd}/gu, asciiDigit)
    .trim()
    .replace(LABEL, '')
    .replace(EXTENSION, '')
    .replace(/^[([【〔]\s*(?=\+)/, '');
  if (!NUMBER.test(text) || (text !== '' && !/\d/.test(text))) return null;
  return (text.startsWith('+') ? '+' : '') + text.replace(/\D/g, '');
}

/** With label, brackets and extension nobody writes more; the patterns below take the square of the length. In characters. */
const LONGEST = 200;

/** `tel:+49…`, "Tel. 030 …". */
const LABEL =
  /^(?:tel(?:efon|ephone|éfono|éphone)?|phone|mob(?:ile|il)?|cell|handy|[☎☏📞📱]\ufe0f?)\s*[.:]*\s*(?=[+\d([])/iu;

/** "ext. 12", `;ext=12`, "x12", "#12", and what other languages say. */
const EXTENSION =
  /\s*(?:[;,]?\s*ext(?:ension|n)?|x|#|доб|内線|分機|分机|转|轉|durchwahl|anexo|ramal|int(?:erno)?|poste)\s*[.:=]?\s*\d{1,7}$/iu;

/** Dashes of any kind (also the Japanese long-vowel mark, which stands in for one), brackets, dots, slashes. */
const NUMBER = /^\+?[\d\s.·・•/_~〜()[\]【】〔〕\p{Pd}−ー─━]*$/u;

/** Decimal digits stand in tens in Unicode, from zero to nine. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(code - zero);
}
