import { importLocale, type ForeignName } from '../i18n/import-locale.js';

/**
 * Imports the launcher's text in a language. The classic script uses `src/embed/import-launcher.ts` instead, whose file has
 * nothing else in it.
 */
export const importLauncher = (name: ForeignName): Promise<{ launcher: string }> => importLocale(name);
