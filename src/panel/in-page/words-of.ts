import { interfaceLanguage } from '../../i18n/interface-language.js';
import { loadLocale } from '../../i18n/load-locale.js';
import { localeName } from '../../i18n/locale-name.js';
import { messagesEn, type Messages } from '../../i18n/messages.en.js';
import type { KeptHost } from './kept-host.js';

/** Returns the strings of the element: the site's own, then those of its language, then English. Never rejects. */
export async function wordsOf(host: KeptHost): Promise<Messages> {
  const name = localeName(interfaceLanguage(host));
  const locale = name === 'en' ? null : await loadLocale(name).catch(() => null);
  const { guidance: _, ...own } = host.strings ?? {};
  return { ...messagesEn, ...locale?.words, ...own, numerals: locale?.numerals };
}
