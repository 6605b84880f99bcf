import { lazy } from '../../async/lazy.js';
import type { LauncherPart, LauncherPlace } from '../../contract/launcher-place.js';
import type { KeptHost } from './kept-host.js';

interface LatePart {
  /** Whether the element's settings ask for it. */
  isWanted: (host: KeptHost) => unknown;
  load: () => Promise<{ attach: (place: LauncherPlace) => LauncherPart }>;
}

const loadTeaser = lazy(() => import('../teaser/index.js'));

/** What only its attribute fetches. */
const PARTS: readonly LatePart[] = [
  { isWanted: ({ teaser }) => teaser, load: loadTeaser },
  {
    isWanted: ({ dataLayer, reportUrl }) => dataLayer || reportUrl,
    load: lazy(() => import('../measuring/index.js')),
  },
  { isWanted: ({ languages }) => languages, load: lazy(() => import('../language-choice/index.js')) },
  {
    isWanted: ({ launcher }) => launcher === 'call-and-message',
    load: lazy(() => import('../call-and-message/index.js')),
  },
];

/** Loads the parts around the launcher that the element's settings ask for. One that cannot be loaded is tried again at the next change. */
export class LauncherParts {
  readonly #place: LauncherPlace;
  readonly #parts = new Map<LatePart['load'], Promise<LauncherPart | null>>();
  #wanted: string | null | undefined;

  constructor(place: LauncherPlace) {
    this.#place = place;
  }

  look(): void {
    for (const { isWanted, load } of PARTS)
      if (this.#parts.has(load) || isWanted(this.#place.host)) void this.#part(load);
  }

  /** Shows a teaser; `null` takes it away. */
  tease(text: string | null | undefined): void {
    this.#wanted = text;
    if (text === null && !this.#parts.has(loadTeaser)) return;
    void this.#part(loadTeaser).then((part) => {
      if (this.#wanted === text) part?.tease?.(text);
    });
  }

  async #part(load: LatePart['load']): Promise<LauncherPart | null> {
    const { signal } = this.#place;
    let part = this.#parts.get(load);
    if (!part) {
      part = load().then(
        ({ attach }) => (signal.aborted ? null : attach(this.#place)),
        () => null,
      );
      this.#parts.set(load, part);
    }
    const loaded = await part;
    if (!loaded) this.#parts.delete(load);
    else if (!signal.aborted) loaded.look();
    return loaded;
  }
}
