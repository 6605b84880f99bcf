import type { OsmtalkEventMap } from '../../contract/events.js';
import type { LauncherPlace } from '../../contract/launcher-place.js';

/** Numbers, flags and words from closed lists: nothing that anybody wrote or said, and no id. */
type Pushed = Record<string, string | number | boolean | null>;

type Reader = { [Name in keyof OsmtalkEventMap]?: (detail: OsmtalkEventMap[Name]['detail']) => Pushed };

/** What is pushed of which event, beside its name: `osmtalk_call_end` for `osmtalk-call-end`. */
export const PUSHED: Reader = {
  'osmtalk-ready': () => ({}),
  'osmtalk-open': () => ({}),
  'osmtalk-close': () => ({}),
  'osmtalk-consent': () => ({}),
  'osmtalk-teaser': ({ action }) => ({ action }),
  'osmtalk-call-start': () => ({}),
  'osmtalk-call-connected': () => ({}),
  'osmtalk-call-end': ({ connected, durationSeconds, failure }) => ({
    connected,
    duration_seconds: Math.round(durationSeconds),
    failure_reason: failure?.reason ?? null,
    failure_blame: failure?.likelyBlame ?? null,
  }),
  'osmtalk-message': ({ role }) => ({ role }),
  'osmtalk-choice': () => ({}),
  'osmtalk-callback': ({ state }) => ({ state }),
  'osmtalk-rating': ({ rating }) => ({ rating }),
  'osmtalk-feedback': ({ value }) => ({ value }),
  'osmtalk-error': ({ code }) => ({ code }),
};

/**
 * Pushes the events of the element to `window.dataLayer`, once each, while the `data-layer` attribute is set. What happened before
 * this code had loaded, at most that the element is ready and was opened, is pushed first.
 */
export function pushToDataLayer({ host, signal }: LauncherPlace): void {
  const push = (name: string, values: Pushed): void => {
    if (!host.dataLayer) return;
    const page = globalThis as { dataLayer?: unknown };
    page.dataLayer ??= [];
    const { dataLayer } = page as { dataLayer: { push?: (entry: object) => unknown } };
    try {
      dataLayer.push?.({ event: name.replaceAll('-', '_'), ...values });
    } catch (error) {
      // What a tag manager does with the event is its own affair.
      console.warn('<osmtalk-widget> window.dataLayer did not take an event.', error);
    }
  };
  if (!told.has(host)) {
    told.add(host);
    push('osmtalk-ready', {});
    if (host.open && host.layout !== 'inline') push('osmtalk-open', {});
  }
  for (const [name, read] of Object.entries(PUSHED)) {
    const values = read as (detail: unknown) => Pushed;
    host.addEventListener(name, (event) => push(name, values((event as CustomEvent<unknown>).detail)), {
      signal,
    });
  }
}

/** The elements whose start was pushed: an element that is moved does not start again. */
const told = new WeakSet<object>();
