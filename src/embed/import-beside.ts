import { likelyAddresses } from './own-script.js';
import { pageSettings } from './page-settings.js';

/**
 * Imports one of our files for the classic script, by its absolute address, since a script of another origin cannot use a
 * relative one. Tries every likely place; rejects with an `Error` that names them when none has the file.
 */
export async function importBeside(file: string): Promise<unknown> {
  const { chunkBase } = pageSettings();
  // `chunkBase` may be the folder above `chunks/` or `chunks/` itself.
  const base = typeof chunkBase === 'string' && `${chunkBase.replace(/(\/chunks)?\/*$/, '')}/`;
  const places = base ? [new URL(base, document.baseURI).href] : likelyAddresses();
  let failure: unknown = 'no address';
  // `places` may grow during this loop.
  for (const place of places) {
    try {
      // oxlint-disable-next-line house/import-rules, house/late-loading -- put together, since nothing else finds it
      return (await import(new URL(file, place).href)) as unknown;
    } catch (error) {
      failure = error;
    }
    // A redirected script knows only the address that the page asked for; a second request gives the final one.
    const { redirected, url } = await fetch(place).catch(() => new Response());
    if (redirected) places.push(url);
  }
  throw new Error(
    `${String(failure)}. Looked beside ${places.join(', ')}. Send Access-Control-Allow-Origin there, or set osmtalkSettings.chunkBase.`,
  );
}
