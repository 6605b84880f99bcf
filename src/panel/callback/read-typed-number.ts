/**
 * Returns the digits of a telephone number as people write it, with a `+` in front where there was one. Reads digits of any
 * script and width, brackets, dots and dashes of any country, and `tel:` addresses; leaves out an extension, since it cannot be
 * called. Returns '' for blank text, and `null` for text that is no number.
 */
export function readTypedNumber(typed: string): string | null {
  if (typed.length > LONGEST) return null;
  const text = typed
    // Writes full-width forms as plain ones, and removes the invisible marks that a copied number brings.
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

/** The longest text that is read, in characters: nobody writes more, and the patterns below take the square of the length. */
const LONGEST = 200;

/** A label before the number: `tel:+49…`, "Tel. 030 …". */
const LABEL =
  /^(?:tel(?:efon|ephone|éfono|éphone)?|phone|mob(?:ile|il)?|cell|handy|[☎☏📞📱]\ufe0f?)\s*[.:]*\s*(?=[+\d([])/iu;

/** An extension: "ext. 12", `;ext=12`, "x12", "#12", and its forms in other languages. */
const EXTENSION =
  /\s*(?:[;,]?\s*ext(?:ension|n)?|x|#|доб|内線|分機|分机|转|轉|durchwahl|anexo|ramal|int(?:erno)?|poste)\s*[.:=]?\s*\d{1,7}$/iu;

/** A number with dashes of any kind (also the Japanese long-vowel mark, which stands in for one), brackets, dots, slashes. */
const NUMBER = /^\+?[\d\s.·・•/_~〜()[\]【】〔〕\p{Pd}−ー─━]*$/u;

/** Returns the ASCII digit. In Unicode the decimal digits of a script stand in a row, from zero to nine. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(code - zero);
}
