import { lazy } from '../async/lazy.js';
import type { LocaleName } from './locale-name.js';
import type { LocaleWords } from './locale.js';

export type ForeignName = Exclude<LocaleName, 'en'>;

const locales = new Map<ForeignName, () => Promise<LocaleWords>>();

/** Fetches the words of a language, once. A failure is tried again when it is asked for again. */
export function loadLocale(name: ForeignName): Promise<LocaleWords> {
  let load = locales.get(name);
  if (!load) locales.set(name, (load = lazy(async () => (await importOf(name)()).words)));
  return load();
}

/** A file of `locales/` each. In a function: pages in English make no table of them. */
function importOf(name: ForeignName): () => Promise<{ words: LocaleWords }> {
  const files = import.meta.glob<{ words: LocaleWords }>('./locales/*.ts');
  return files[`./locales/${name}.ts`] as () => Promise<{ words: LocaleWords }>;
}
