import type { LauncherPart, LauncherPlace } from '../../contract/launcher-place.js';
import { languageWordsEn } from '../../i18n/en-later/language-words.js';
import { adoptStyles } from '../../ui/adopt-styles.js';
import { languageChoiceStyles } from './language-choice-styles.js';

/** The key under which the language that the visitor has chosen is remembered, as a BCP 47 tag. */
const CHOSEN_KEY = 'osmtalk:language';

/** Lets the visitor choose the language, among those of the `languages` attribute. */
export const attach = (place: LauncherPlace): LauncherPart => new LanguageChoice(place);

/**
 * Puts a chooser of languages into the panel's header. A choice becomes the element's `lang`, which all else follows, and is
 * remembered for the next pages.
 */
class LanguageChoice implements LauncherPart {
  readonly #place: LauncherPlace;
  readonly #select = document.createElement('select');
  #isRestored = false;
  #listed = '';
  #warned = '';

  constructor(place: LauncherPlace) {
    this.#place = place;
    const { shadowRoot, root, signal } = place;
    adoptStyles(shadowRoot, languageChoiceStyles);
    this.#select.className = 'languages';
    this.#select.addEventListener('change', () => this.#choose(this.#select.value));
    // The panel is drawn when it is first needed.
    const observer = new MutationObserver(() => this.#insert());
    observer.observe(root.querySelector('.panel-place') as Element, { childList: true });
    signal.addEventListener('abort', () => {
      observer.disconnect();
      if (this.#select.isConnected) this.#select.remove();
    });
  }

  look(): void {
    const tags = this.#tags;
    const { host, language, localeOf } = this.#place;
    if (!this.#isRestored) {
      this.#isRestored = true;
      const chosen = this.#stored();
      if (chosen !== null && tags.includes(chosen) && chosen !== host.lang) host.lang = chosen;
    }
    if (this.#listed !== tags.join()) {
      this.#listed = tags.join();
      this.#select.replaceChildren(...tags.map(option));
    }
    const now = language();
    const current = tags.find((tag) => tag === now) ?? tags.find((tag) => localeOf(tag) === localeOf(now));
    this.#select.value = current ?? '';
    // There is nothing to choose between fewer than two.
    this.#select.hidden = tags.length < 2;
    void this.#place.words().then((words) => {
      const name = { ...languageWordsEn, ...words }.language;
      this.#select.setAttribute('aria-label', name);
      this.#select.title = name;
    });
    this.#insert();
  }

  /** The tags that make sense, each once. */
  get #tags(): string[] {
    const { languages } = this.#place.host;
    const given: unknown[] = Array.isArray(languages) ? languages : [];
    const tags = given.filter((tag): tag is string => typeof tag === 'string' && isTag(tag));
    const wrong = given.filter((tag) => !tags.includes(tag as string)).map(String);
    if (wrong.length > 0 && this.#warned !== wrong.join()) {
      this.#warned = wrong.join();
      console.warn(`<osmtalk-widget> languages: no language tag: ${wrong.join(', ').slice(0, 60)}`);
    }
    return [...new Set(tags)];
  }

  /** The header has an empty place for it, which nothing else is drawn into. */
  #insert(): void {
    const place = this.#place.root.querySelector('.header > i');
    if (!place || this.#select.parentNode === place) return;
    place.className = 'languages-row';
    place.append(this.#select);
  }

  #choose(tag: string): void {
    this.#place.host.lang = tag;
    try {
      this.#storage()?.setItem(CHOSEN_KEY, tag);
    } catch {
      // Storage is blocked or full: the choice lives as long as the page.
    }
  }

  #stored(): string | null {
    try {
      return this.#storage()?.getItem(CHOSEN_KEY) ?? null;
    } catch {
      return null;
    }
  }

  /** With `persist="none"` nothing is stored. Touching blocked storage throws. */
  #storage(): Storage | null {
    const { persist } = this.#place.host;
    if (persist === 'none') return null;
    return persist === 'local' ? localStorage : sessionStorage;
  }
}

/** Each language is named in itself. */
function option(tag: string): HTMLOptionElement {
  const made = document.createElement('option');
  made.value = tag;
  made.lang = tag;
  made.textContent = nameOf(tag);
  return made;
}

function nameOf(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  const [first = ''] = name;
  return first.toLocaleUpperCase(tag) + name.slice(first.length);
}

function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}
