import type { OsmtalkEventMap } from '../../src/contract/events.js';
import type { WidgetPage } from './widget-page.js';

/** By the page's own clock, from a test hook of the backend to this state of the call: how long it took, in milliseconds. */
export function timeUntil({ element }: WidgetPage, hook: string, state: string): Promise<number> {
  return element.evaluate(
    (widget, [url, wanted]) =>
      new Promise<number>((resolve) => {
        const startedAt = performance.now();
        widget.addEventListener('osmtalk-state-change', (event) => {
          const { detail } = event as OsmtalkEventMap['osmtalk-state-change'];
          if (detail.callState === wanted) resolve(performance.now() - startedAt);
        });
        void fetch(url, { method: 'POST' });
      }),
    [hook, state] as const,
  );
}
