/** Scripts that write without blanks, and Hangul, whose particles stand at the word before them. */
const UNSPACED =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}]/u;
const HANGUL = /\p{scx=Hang}/u;

/** What follows an address in Japanese and begins no name of a page. */
const PARTICLE = /を|へ|で|が|から|まで|より/y;

/** So far back somebody's language is looked for. */
const LOOK_BACK = 80;

/**
 * Where the address that begins at `start` and may go on to `end` ends, when the words after it follow without a blank:
 * `https://acme.example/pricing查看价格`. `hostAt` is where its host begins. An address of its own letters
 * (`https://例え.example/日本`) goes on where blanks stand around it.
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

/** `https://jp東京.example`, between blanks. */
function isWithinLabel(text: string, start: number, at: number, end: number): boolean {
  let next = at;
  while (next < end && isUnspaced(text, next)) next++;
  return /^\.[a-z]/i.test(text.slice(next, next + 2)) && isBlank(text[start - 1]) && isBlank(text[end]);
}

function goesOn(text: string, start: number, at: number, end: number, isDirect: boolean): boolean {
  // The sentence is written without blanks.
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
