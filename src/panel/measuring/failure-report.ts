import type { CallEndDetail } from '../../contract/events.js';
import type { LauncherPlace } from '../../contract/launcher-place.js';
import { toJson } from '../../wire/to-json.js';
import { urlOfScheme } from '../../markdown/url-of-scheme.js';

/** Names the shape of what is sent: another shape has another number. */
const SCHEMA = 'osmtalk-failure-report/1';

/**
 * Sends one report of each failed call to the address in `report-url`. The body is JSON, sent as text so that another origin need
 * not be asked first: `{schema, failure: {reason, source, likelyBlame, retryable}, connected, durationSeconds, diagnostics}`, with
 * the same diagnostics as `getDiagnostics()`, which hold no key, token, phone number or message text.
 */
export function sendReports({ host, signal }: LauncherPlace): void {
  const onEnd = async ({ detail }: CustomEvent<CallEndDetail>): Promise<void> => {
    const { failure, connected, durationSeconds } = detail;
    const address = host.reportUrl ? readAddress(host.reportUrl) : null;
    if (!failure || !address) return;
    const { reason, source, likelyBlame, retryable } = failure;
    const diagnostics = await host.getDiagnostics();
    const report = {
      schema: SCHEMA,
      failure: { reason, source, likelyBlame, retryable },
      connected,
      durationSeconds,
      diagnostics,
    };
    send(address, toJson(report));
  };
  host.addEventListener('osmtalk-call-end', (event) => void onEnd(event as CustomEvent<CallEndDetail>), {
    signal,
  });
}

function send(address: string, body: string): void {
  // Most browsers take 64 KB; without a beacon the request may end with the page.
  const isTaken = navigator.sendBeacon?.(address, new Blob([body], { type: 'text/plain;charset=UTF-8' }));
  if (!isTaken)
    void fetch(address, { method: 'POST', body, mode: 'no-cors', credentials: 'omit' }).catch(
      () => undefined,
    );
}

/** An address of `https:`, or one of the page's own origin; else a line in the console, once. */
function readAddress(value: string): string | null {
  const url = urlOfScheme(value, ['https:', 'http:'], document.baseURI);
  if (url && (url.protocol === 'https:' || url.origin === location.origin)) return url.href;
  if (refused !== value)
    console.warn(`<osmtalk-widget> report-url="${value.slice(0, 60)}" is ignored: expected https.`);
  refused = value;
  return null;
}

let refused = '';
