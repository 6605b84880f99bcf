import { LOCALE_NAMES, type LocaleName } from '../src/i18n/locale-name.js';

/** A file of one language. */
const LANGUAGE = new RegExp(`^chunks/(?:launcher-)?(${LOCALE_NAMES.join('|')})-[\\w-]{8}\\.js$`);

/**
 * Returns what a site pastes to have the script and all its chunks checked: an import map with their hashes, and the script
 * tag. Throws when the script has no hash.
 * @param hashes of the files, by their paths below `dist/`, as in `dist/sri.json`
 * @param address of the folder that holds them, with its last slash
 * @param languages that the pages of the site speak, besides English: `de`, `zh-Hant`. Default: all
 */
export function sriSnippet(
  hashes: Readonly<Record<string, string>>,
  address: string,
  languages: readonly string[] = LOCALE_NAMES,
): string {
  const unknown = languages.find((name) => !LOCALE_NAMES.includes(name as LocaleName));
  if (unknown !== undefined) throw new Error(`Not a language of the interface: ${unknown}`);
  const script = hashes['osmtalk-widget.js'];
  if (!script) throw new Error('There is no hash of osmtalk-widget.js');
  const chunks = Object.entries(hashes).filter(([file]) => {
    const language = LANGUAGE.exec(file)?.[1];
    return file !== 'osmtalk-widget.js' && (language === undefined || languages.includes(language));
  });
  const integrity = Object.fromEntries(chunks.map(([file, hash]) => [address + file, hash]));
  return `<script type="importmap">
${JSON.stringify({ integrity }, null, 2)}
</script>
<script
  async
  src="${address}osmtalk-widget.js"
  crossorigin
  integrity="${script}"
></script>
`;
}

/**
 * Returns the address that the build was given, with a slash at its end. Throws for anything but the http(s) address of a
 * folder.
 */
export function readAddress(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || /[?#]/.test(given) || url.pathname.endsWith('.js'))
    throw new Error(`Not the address of a folder, as in https://cdn.example/osmtalk/: ${given}`);
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}
