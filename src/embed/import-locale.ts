import type { ForeignName, LocaleModule } from '../i18n/import-locale.js';

/** The hash that the files of all languages have in their names, which the build fills in. */
declare const LOCALES_HASH: string;

/**
 * Imports a language's file for the panel of the classic script, from beside the panel. The name is put together: a table of
 * all languages, each with a hash of its own, would be part of what every visitor downloads.
 */
export const importLocale = (name: ForeignName): Promise<LocaleModule> =>
  // oxlint-disable-next-line house/import-rules, house/late-loading -- put together; loadLocale() is lazy
  import(`./${name}-${LOCALES_HASH}.js`) as Promise<LocaleModule>;
