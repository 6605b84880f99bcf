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

const locales = new Map<ForeignName, Promise<Locale>>();

/** Fetches the words of a language, once; what the panel says first comes first. A failure is tried again when it is asked for again. */
export function loadLocale(name: ForeignName): Promise<Locale> {
  const known = locales.get(name);
  if (known) return known;
  const forget = (): void => void locales.delete(name);
  const loading = fetchLocale(name, forget);
  locales.set(name, loading);
  loading.catch(forget);
  return loading;
}

async function fetchLocale(name: ForeignName, onIncomplete: () => void): Promise<Locale> {
  const [panel, later] = fetchParts(name);
  later.catch(onIncomplete);
  const words: Partial<Strings> = { ...(await panel).words };
  const whole = later.then(
    ({ later: { words: more, guidance } }) => {
      Object.assign(words, more, { guidance });
      return true;
    },
    () => false,
  );
  return { words, whole };
}

/** A `switch` is not looked at by pages in English; a table of functions would be made in all of them. */
function fetchParts(
  name: ForeignName,
): [panel: Promise<{ words: PanelWords }>, later: Promise<{ later: LaterWords }>] {
  switch (name) {
    case 'ar':
      return [import('./locales/ar.js'), import('./locales/ar-later.js')];
    case 'de':
      return [import('./locales/de.js'), import('./locales/de-later.js')];
    case 'es':
      return [import('./locales/es.js'), import('./locales/es-later.js')];
    case 'fr':
      return [import('./locales/fr.js'), import('./locales/fr-later.js')];
    case 'hi':
      return [import('./locales/hi.js'), import('./locales/hi-later.js')];
    case 'it':
      return [import('./locales/it.js'), import('./locales/it-later.js')];
    case 'ja':
      return [import('./locales/ja.js'), import('./locales/ja-later.js')];
    case 'nl':
      return [import('./locales/nl.js'), import('./locales/nl-later.js')];
    case 'pl':
      return [import('./locales/pl.js'), import('./locales/pl-later.js')];
    case 'pt':
      return [import('./locales/pt.js'), import('./locales/pt-later.js')];
    case 'tr':
      return [import('./locales/tr.js'), import('./locales/tr-later.js')];
    case 'zh':
      return [import('./locales/zh.js'), import('./locales/zh-later.js')];
  }
}
