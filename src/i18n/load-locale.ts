import { lazy } from '../async/lazy.js';
import { importLocale, type ForeignName, type LocaleModule } from './import-locale.js';

const locales = new Map<ForeignName, () => Promise<LocaleModule>>();

/** Loads the strings of a language, once. Rejects when they cannot be loaded; the next call tries again. */
export function loadLocale(name: ForeignName): Promise<LocaleModule> {
  let load = locales.get(name);
  if (!load) locales.set(name, (load = lazy(() => importLocale(name))));
  return load();
}
