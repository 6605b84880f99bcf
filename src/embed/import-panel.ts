import { lazy } from '../async/lazy.js';
import type { PanelModule } from '../panel/widget-panel.js';
import { likelyAddresses } from './own-script.js';
import { pageSettings } from './page-settings.js';

/** `chunks/panel-….js`: the build writes it here. */
declare const PANEL_FILE: string;

/** The panel of the classic script, by its absolute address: to a script of another origin `import()` resolves nothing else. */
export const importPanel = lazy(async () => {
  const { chunkBase } = pageSettings();
  // The folder, or the chunks in it, as it is understood.
  const base = typeof chunkBase === 'string' && `${chunkBase.replace(/(\/chunks)?\/*$/, '')}/`;
  const places = base ? [new URL(base, document.baseURI).href] : likelyAddresses();
  let failure: unknown = 'no address';
  // Grows while it is read.
  for (const place of places) {
    try {
      // oxlint-disable-next-line house/import-rules -- put together, since nothing else finds it; the file is the build's
      return (await import(new URL(PANEL_FILE, place).href)) as PanelModule;
    } catch (error) {
      failure = error;
    }
    // A redirected script knows only where it was asked for; where it came from is to be had for a second request.
    const { redirected, url } = await fetch(place).catch(() => new Response());
    if (redirected) places.push(url);
  }
  throw new Error(
    `${String(failure)}. Looked beside ${places.join(', ')}. Send Access-Control-Allow-Origin there, or set osmtalkSettings.chunkBase.`,
  );
});
