import type { LocaleWords } from './locale.js';
import type { LocaleName } from './locale-name.js';

/** The languages that have a file of their own in `locales/`. */
export type ForeignName = Exclude<LocaleName, 'en'>;

/** What a file of `locales/` exports. */
export interface LocaleModule {
  /** The launcher's text. The launcher must show before the panel's words have loaded. */
  launcher: string;
  words: LocaleWords;
  /** The digits of the language, where they are not Latin: a numbering system of Unicode (CLDR's default for the language). */
  numerals?: string;
  /** What its script needs of the panel's look, for elements with this `lang`: CSS, absent where it needs nothing. */
  styles?: string;
}

/**
 * Imports a language's file. In the npm build the site's own bundler resolves the import; the chunks of the script use
 * `src/embed/import-locale.ts` instead.
 */
export function importLocale(name: ForeignName): Promise<LocaleModule> {
  const files = import.meta.glob<LocaleModule>('./locales/*.ts');
  return (files[`./locales/${name}.ts`] as () => Promise<LocaleModule>)();
}
