import { lazy } from '../async/lazy.js';
import type { LocaleName } from './locale-name.js';
import type { LaterWords, PanelWords } from './locale.js';
import type { Strings } from './strings.js';

export type ForeignName = Exclude<LocaleName, 'en'>;

/** The words of a language, as far as they are here. */
export interface Locale {
  readonly words: Partial<Strings>;
  /** Those of the later parts have arrived; `false`: they cannot be had. */
  readonly whole: Promise<boolean>;
}

const locales = new Map<ForeignName, () => Promise<Locale>>();

/** Fetches the words of a language, once; what the panel says first comes first. A failure is tried again when it is asked for again. */
export function loadLocale(name: ForeignName): Promise<Locale> {
  let load = locales.get(name);
  if (!load) locales.set(name, (load = lazy(() => fetchLocale(name))));
  return load();
}

async function fetchLocale(name: ForeignName): Promise<Locale> {
  const [panel, later] = partsOf(name);
  const first = panel();
  const words: Partial<Strings> = {};
  const whole = later().then(
    ({ later: { words: more, guidance } }) => {
      Object.assign(words, more, { guidance });
      return true;
    },
    () => {
      locales.delete(name);
      return false;
    },
  );
  Object.assign(words, (await first).words);
  return { words, whole };
}

type Parts = [panel: () => Promise<{ words: PanelWords }>, later: () => Promise<{ later: LaterWords }>];

/** A `switch` is not looked at by pages in English; a table of functions would be made in all of them. */
function partsOf(name: ForeignName): Parts {
  switch (name) {
    case 'ar':
      return [lazy(() => import('./locales/ar.js')), lazy(() => import('./locales/ar-later.js'))];
    case 'de':
      return [lazy(() => import('./locales/de.js')), lazy(() => import('./locales/de-later.js'))];
    case 'es':
      return [lazy(() => import('./locales/es.js')), lazy(() => import('./locales/es-later.js'))];
    case 'fr':
      return [lazy(() => import('./locales/fr.js')), lazy(() => import('./locales/fr-later.js'))];
    case 'hi':
      return [lazy(() => import('./locales/hi.js')), lazy(() => import('./locales/hi-later.js'))];
    case 'it':
      return [lazy(() => import('./locales/it.js')), lazy(() => import('./locales/it-later.js'))];
    case 'ja':
      return [lazy(() => import('./locales/ja.js')), lazy(() => import('./locales/ja-later.js'))];
    case 'nl':
      return [lazy(() => import('./locales/nl.js')), lazy(() => import('./locales/nl-later.js'))];
    case 'pl':
      return [lazy(() => import('./locales/pl.js')), lazy(() => import('./locales/pl-later.js'))];
    case 'pt':
      return [lazy(() => import('./locales/pt.js')), lazy(() => import('./locales/pt-later.js'))];
    case 'tr':
      return [lazy(() => import('./locales/tr.js')), lazy(() => import('./locales/tr-later.js'))];
    case 'zh':
      return [lazy(() => import('./locales/zh.js')), lazy(() => import('./locales/zh-later.js'))];
  }
}
