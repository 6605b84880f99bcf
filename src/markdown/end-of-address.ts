/** Scripts that are written without blanks, and Hangul, whose particles follow a word without a blank. */
const UNSPACED =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}]/u;
const HANGUL = /\p{scx=Hang}/u;

/** Japanese particles that follow an address and begin no name of a page. */
const PARTICLE = /を|へ|で|が|から|まで|より/y;

/** How many characters before the address are searched for the language of the sentence. */
const LOOK_BACK = 80;

/**
 * Returns where the address between `start` and at most `end` ends, when text follows it without a blank:
 * `https://acme.example/pricing查看价格`. `hostAt` is where its host begins. An address that itself uses such scripts
 * (`https://例え.example/日本`) is kept whole where blanks stand around it.
 */
export function endOfAddress(text: string, start: number, hostAt: number, end: number): number {
  const hostEnd = endOfHost(text, hostAt, end);
  for (let at = hostAt; at < end; at++) {
    if (!isUnspaced(text, at)) continue;
    const isDirect = /[a-z\d]/i.test(text[at - 1] ?? '');
    if (at < hostEnd) {
      if (isDirect && !isWithinLabel(text, start, at, end)) return at;
    } else return goesOn(text, start, at, end, isDirect) ? end : at;
  }
  return end;
}

function endOfHost(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && !'/?#'.includes(text[at] ?? '')) at++;
  return at;
}

/** Whether the characters at `at` belong to the host, as in `https://jp東京.example` between blanks. */
function isWithinLabel(text: string, start: number, at: number, end: number): boolean {
  let next = at;
  while (next < end && isUnspaced(text, next)) next++;
  return /^\.[a-z]/i.test(text.slice(next, next + 2)) && isBlank(text[start - 1]) && isBlank(text[end]);
}

function goesOn(text: string, start: number, at: number, end: number, isDirect: boolean): boolean {
  // The sentence before the address is written without blanks.
  if (start > 0 && isUnspaced(text, start - 1) && !/\p{P}/u.test(text[start - 1] ?? '')) return false;
  PARTICLE.lastIndex = at;
  if (!isDirect) return !PARTICLE.test(text);
  if (HANGUL.test(text[at] ?? '')) return false;
  if (isBlank(text[start - 1]) && end < text.length && isBlank(text[end])) return true;
  const before = text.slice(Math.max(text.lastIndexOf('\n', start - 1) + 1, start - LOOK_BACK), start);
  return /\p{L}/u.test(before) && !UNSPACED.test(before);
}

function isUnspaced(text: string, at: number): boolean {
  return text.charCodeAt(at) > 0xe00 && UNSPACED.test(String.fromCodePoint(text.codePointAt(at) ?? 0));
}

function isBlank(char: string | undefined): boolean {
  return char === undefined || /\s/.test(char);
}
