import type { ForeignName } from '../i18n/import-locale.js';
import { importBeside } from './import-beside.js';

/** The hash that the files of all languages have in their names, which the build fills in. */
declare const LOCALES_HASH: string;

/** Imports the launcher's text in a language for the classic script: a file that has nothing else in it. */
export const importLauncher = (name: ForeignName): Promise<{ launcher: string }> =>
  importBeside(`chunks/launcher-${name}-${LOCALES_HASH}.js`) as Promise<{ launcher: string }>;
