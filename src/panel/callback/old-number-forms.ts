/**
 * Numbering plans that have changed, while address books and messengers still hold old numbers. Each pattern reads an E.164
 * number of the old plan; its replacement is the number of the current plan.
 */
const OLD_FORMS: [old: RegExp, current: string][] = [
  // Mexico, since 2019: no 1 before a mobile number from abroad, no 044, 045 or 01 at home.
  [/^\+52(?:1|044|045|01)(\d{10})$/, '+52$1'],
  // Argentina: 9 before a mobile number from abroad, or 15 behind the area code at home; some write both, and the 0.
  [/^\+549?0?(?=\d{12}$)(\d{2,4})15(\d{6,8})$/, '+549$1$2'],
  [/^\+5490(\d{10})$/, '+549$1'],
];

/** Returns the number in its country's current plan; the same text when it matches no old plan. */
export function currentForm(number: string): string {
  const found = OLD_FORMS.find(([old]) => old.test(number));
  return found ? number.replace(...found) : number;
}
