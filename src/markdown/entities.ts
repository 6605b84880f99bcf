/**
 * Returns the character of the HTML entity at this place (`&amp;`, `&#39;`, `&eacute;`) and where the entity ends; `null` where
 * there is none. Knows the names that models write, which are few of the two thousand of HTML.
 */
export function readEntity(text: string, at: number): { char: string; end: number } | null {
  ENTITY.lastIndex = at;
  const found = ENTITY.exec(text);
  if (!found) return null;
  const [whole, decimal, hexadecimal, name = ''] = found;
  const code = decimal ?? (hexadecimal ? `0x${hexadecimal}` : null);
  const char = code === null ? NAMED.get(name) : charOf(Number(code));
  return char === undefined ? null : { char, end: at + whole.length };
}

/** The text with all its entities replaced once: `&amp;lt;` becomes `&lt;`. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(new RegExp(ENTITY, 'gi'), (whole) => readEntity(whole, 0)?.char ?? whole);
}

const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z][a-z\d]{1,9}));/iy;

/** The names of U+00A0 to U+00FF, in order. */
const LATIN_1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';

const OTHERS =
  'amp & lt < gt > quot " apos \' hellip … mdash — ndash – lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ lsaquo ‹ rsaquo › bull • trade ™ euro € larr ← uarr ↑ rarr → darr ↓ harr ↔ rArr ⇒ minus − infin ∞ ne ≠ le ≤ ge ≥ asymp ≈ radic √ sum ∑ pi π alpha α beta β gamma γ delta δ Delta Δ lambda λ mu μ sigma σ omega ω Omega Ω check ✓ cross ✗ star ☆ starf ★ hearts ♥ oelig œ OElig Œ scaron š Scaron Š permil ‰ dagger † prime ′ colon : semi ; comma , period . lpar ( rpar ) lsqb [ rsqb ] lbrace { rbrace } num # percnt % ast * lowbar _ grave ` sol / bsol \\ vert | excl ! quest ? equals = plus + commat @ dollar $ Tab \t NewLine \n';

const NAMED: ReadonlyMap<string, string> = new Map([
  ...LATIN_1.split(' ').map((name, index): [string, string] => [name, String.fromCharCode(160 + index)]),
  ...pairs(OTHERS.split(' ')),
  ['ensp', '\u2002'],
  ['emsp', '\u2003'],
  ['thinsp', '\u2009'],
]);

function pairs(list: readonly string[]): [string, string][] {
  return list.flatMap((name, at): [string, string][] => (at % 2 === 0 ? [[name, list[at + 1] ?? '']] : []));
}

/** The character of a code; U+FFFD for zero, a surrogate, or a code beyond Unicode, as in CommonMark. */
function charOf(code: number): string {
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : '\ufffd';
}
