import { lazy } from '../async/lazy.js';
import type { LocaleName } from './locale-name.js';
import type { LocaleWords } from './locale.js';

export type ForeignName = Exclude<LocaleName, 'en'>;

const locales = new Map<ForeignName, () => Promise<LocaleWords>>();

/** Loads the strings of a language, once. Rejects when they cannot be loaded; the next call tries again. */
export function loadLocale(name: ForeignName): Promise<LocaleWords> {
  let load = locales.get(name);
  if (!load) locales.set(name, (load = lazy(async () => (await importOf(name)()).words)));
  return load();
}

/**
 * Returns the `import()` of a language's file in `locales/`. It stands in a function, so that pages in English make no table of
 * the files.
 */
function importOf(name: ForeignName): () => Promise<{ words: LocaleWords }> {
  const files = import.meta.glob<{ words: LocaleWords }>('./locales/*.ts');
  return files[`./locales/${name}.ts`] as () => Promise<{ words: LocaleWords }>;
}
