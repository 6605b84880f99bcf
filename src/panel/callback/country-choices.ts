import { textDirection } from '../../ui/text-direction.js';
import type { CountryChoice } from './callback-view.js';

/** The countries that have telephone numbers, by their names in one language. */
export class CountryChoices {
  readonly #language: string;
  readonly #names: Intl.DisplayNames;
  #all: CountryChoice[] = [];

  constructor(language: string) {
    this.#language = language;
    this.#names = new Intl.DisplayNames([language], { type: 'region' });
  }

  isFor(language: string): boolean {
    return language === this.#language;
  }

  nameOf(country: string): string {
    return this.#names.of(country) ?? country;
  }

  /** Returns the countries with their calling codes, sorted by name. `list` is called for the first time only. */
  of(list: () => readonly { country: string; callingCode: string }[]): readonly CountryChoice[] {
    if (this.#all.length > 0) return this.#all;
    // Isolated from right-to-left text: else the plus would stand behind its digits.
    const [before, after] = textDirection(this.#language) === 'rtl' ? ['\u2066', '\u2069'] : ['', ''];
    const { compare } = new Intl.Collator(this.#language);
    this.#all = list()
      .map(({ country, callingCode }) => ({
        country,
        label: `${this.nameOf(country)} (${before}+${callingCode}${after})`,
      }))
      .toSorted((a, b) => compare(a.label, b.label));
    return this.#all;
  }
}
