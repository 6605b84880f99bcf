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

/** What a number is called before it in Latin letters: `tel:+49…`, "Tel. 030 …". */
const LATIN =
  'tel(?:efon|ephone|éfono|éphone|efone|efoon|efono|epon)?|phone|mob(?:ile|il)?|cell|handy|hp|[sđ]đt|đt|[☎☏📞📱]\\ufe0f?';

/** The same in other scripts of our languages, in NFKC. */
const OTHER =
  'тел(?:ефон)?|моб(?:ильный|ільний)?|τηλ(?:έφωνο)?|טל(?:פון)?|هاتف|جوال|تلفن|موبایل|فون|موبائل|โทร(?:ศัพท์)?|전화(?:번호)?|휴대폰|電話|携帯|手機|电话|手机|' +
  'फोन|फ\u093cोन|मोबाइल|मोबाईल|ফোন|মোবাইল|ফ’ন|ફોન|મોબાઇલ|ਫ\u0a3cੋਨ|ਫੋਨ|ਮੋਬਾਈਲ|ଫୋନ|ମୋବାଇଲ|போன்|ஃபோன்|మొబైల్|ఫోన్|ಫೋನ್|ಮೊಬೈಲ್|ഫോൺ|മൊബൈൽ';

/** A label before the number. */
const LABEL = new RegExp(`^(?:${LATIN}|${OTHER})\\s*[.:׳']*\\s*(?=[+\\d([])`, 'iu');

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
