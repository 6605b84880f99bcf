import { withinMs } from '../async/within-ms.js';
import type { ForeignName, LocaleModule } from '../i18n/import-locale.js';
import { loadLocale } from '../i18n/load-locale.js';
import type { LocaleName } from '../i18n/locale-name.js';
import { messagesEn, type Messages } from '../i18n/messages.en.js';
import type { PanelHost } from '../contract/panel-host.js';
import { adoptStyles } from '../ui/adopt-styles.js';
import { textDirection } from '../ui/text-direction.js';

/** How long a panel waits for its strings; after that it shows English until they have loaded. */
const WAIT_MS = 1_000;

/** Resolves when a language's strings have loaded, cannot be loaded, or take longer than a second. Never rejects. */
export async function whenWords(name: LocaleName): Promise<void> {
  if (name !== 'en') await withinMs(loadLocale(name), WAIT_MS).catch(() => null);
}

/** The strings of the panel: the site's own come first, then those of the page's language, then English. */
export class PanelStrings {
  readonly #host: PanelHost;
  readonly #onChange: () => void;
  readonly #report: (error: unknown) => void;
  /** The wanted language; `null` when its strings could not be loaded. */
  #name: LocaleName | null = 'en';
  /** The language that is shown now: the strings of the wanted language may still be loading. */
  #spoken: LocaleName = 'en';
  #locale: LocaleModule | null = null;
  #made: { of: unknown[]; all: Messages } | null = null;

  constructor(host: PanelHost, onChange: () => void, report: (error: unknown) => void) {
    this.#host = host;
    this.#onChange = onChange;
    this.#report = report;
    this.look();
  }

  /**
   * The language of the strings (BCP 47), in a form that `Intl` accepts. A site's own strings are taken to be in the language
   * of its page.
   */
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
    const locale = this.#locale;
    const words = locale?.words;
    const of = [strings, locale];
    if (!this.#made || of.some((each, index) => each !== this.#made?.of[index])) {
      const guidance = { ...words?.guidance, ...strings?.guidance };
      this.#made = { of, all: { ...messagesEn, ...words, ...strings, guidance, numerals: locale?.numerals } };
    }
    return this.#made.all;
  }

  /** Loads the strings again when the language around the element has changed. A failed load is reported. */
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
    const locale = await loadLocale(name);
    if (locale.styles) adoptStyles(this.#host.shadowRoot, locale.styles);
    if (this.#name === name) this.#speak(name, locale);
  }

  #speak(name: LocaleName, locale: LocaleModule | null): void {
    this.#spoken = name;
    this.#locale = locale;
    this.#onChange();
  }
}
