import { withinMs } from '../async/within-ms.js';
import { loadLocale, type ForeignName } from '../i18n/load-locale.js';
import type { LocaleWords } from '../i18n/locale.js';
import type { LocaleName } from '../i18n/locale-name.js';
import { messagesEn, type Messages } from '../i18n/messages.en.js';
import type { PanelHost } from '../contract/panel-host.js';
import { textDirection } from '../ui/text-direction.js';

/** So long a panel waits for its words; then it speaks English until they come. */
const WAIT_MS = 1_000;

/** Resolves when the words of a language are here, cannot be had, or take too long. */
export async function whenWords(name: LocaleName): Promise<void> {
  if (name !== 'en') await withinMs(loadLocale(name), WAIT_MS).catch(() => null);
}

/** What the panel says: the site's own strings before the words of the page's language, before English. */
export class PanelStrings {
  readonly #host: PanelHost;
  readonly #onChange: () => void;
  readonly #report: (error: unknown) => void;
  /** `null`: its words could not be had. */
  #name: LocaleName | null = 'en';
  /** Of what is said by now: the words of another language may be on their way. */
  #spoken: LocaleName = 'en';
  #locale: LocaleWords | null = null;
  #made: { of: unknown[]; all: Messages } | null = null;

  constructor(host: PanelHost, onChange: () => void, report: (error: unknown) => void) {
    this.#host = host;
    this.#onChange = onChange;
    this.#report = report;
    this.look();
  }

  /** BCP 47, as `Intl` takes it. Whoever sets strings of their own sets them in the language of their page. */
  get language(): string {
    if (!this.#host.config.strings) return this.#spoken;
    try {
      return Intl.getCanonicalLocales(this.#host.language())[0] ?? this.#spoken;
    } catch {
      return this.#spoken;
    }
  }

  get direction(): 'ltr' | 'rtl' {
    return textDirection(this.#host.language());
  }

  get all(): Messages {
    const { strings } = this.#host.config;
    const words = this.#locale;
    const of = [strings, words];
    if (!this.#made || of.some((each, index) => each !== this.#made?.of[index])) {
      const guidance = { ...words?.guidance, ...strings?.guidance };
      this.#made = { of, all: { ...messagesEn, ...words, ...strings, guidance } };
    }
    return this.#made.all;
  }

  /** The language around the element may be another one. */
  look(): void {
    const name = this.#host.locale();
    if (name === this.#name) return;
    this.#name = name;
    if (name === 'en') return this.#speak('en', null);
    void this.#load(name).catch((error: unknown) => {
      if (this.#name === name) this.#name = null;
      this.#report(error);
    });
  }

  async #load(name: ForeignName): Promise<void> {
    const words = await loadLocale(name);
    if (this.#name === name) this.#speak(name, words);
  }

  #speak(name: LocaleName, locale: LocaleWords | null): void {
    this.#spoken = name;
    this.#locale = locale;
    this.#onChange();
  }
}
