import type { LocaleName } from './locale-name.js';
import type { LaterWords, PanelWords } from './locale.js';
import type { Strings } from './strings.js';

/** The words of a language, as far as they are here. */
export interface Locale {
  readonly words: Partial<Strings>;
  /** Those of the later parts have arrived, or cannot be had. */
  readonly whole: Promise<void>;
}

type Fetch = [panel: () => Promise<{ words: PanelWords }>, later: () => Promise<{ later: LaterWords }>];

const FETCHES: Record<Exclude<LocaleName, 'en'>, Fetch> = {
  ar: [() => import('./locales/ar.js'), () => import('./locales/ar-later.js')],
  de: [() => import('./locales/de.js'), () => import('./locales/de-later.js')],
  es: [() => import('./locales/es.js'), () => import('./locales/es-later.js')],
  fr: [() => import('./locales/fr.js'), () => import('./locales/fr-later.js')],
  hi: [() => import('./locales/hi.js'), () => import('./locales/hi-later.js')],
  it: [() => import('./locales/it.js'), () => import('./locales/it-later.js')],
  ja: [() => import('./locales/ja.js'), () => import('./locales/ja-later.js')],
  nl: [() => import('./locales/nl.js'), () => import('./locales/nl-later.js')],
  pl: [() => import('./locales/pl.js'), () => import('./locales/pl-later.js')],
  pt: [() => import('./locales/pt.js'), () => import('./locales/pt-later.js')],
  tr: [() => import('./locales/tr.js'), () => import('./locales/tr-later.js')],
  zh: [() => import('./locales/zh.js'), () => import('./locales/zh-later.js')],
};

const locales = new Map<LocaleName, Promise<Locale>>();

/** Fetches the words of a language, once; what the panel says first comes first. A failure is tried again when it is asked for again. */
export function loadLocale(name: Exclude<LocaleName, 'en'>): Promise<Locale> {
  const known = locales.get(name);
  if (known) return known;
  const forget = (): void => void locales.delete(name);
  const loading = fetchLocale(FETCHES[name], forget);
  locales.set(name, loading);
  loading.catch(forget);
  return loading;
}

async function fetchLocale([fetchPanel, fetchLater]: Fetch, onIncomplete: () => void): Promise<Locale> {
  const [panel, later] = [fetchPanel(), fetchLater()];
  later.catch(onIncomplete);
  const words: Partial<Strings> = { ...(await panel).words };
  const whole = later.then(
    ({ later: { words: more, guidance } }) => void Object.assign(words, more, { guidance }),
    () => undefined,
  );
  return { words, whole };
}
