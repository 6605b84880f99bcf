import { randomId } from '../../wire/random-id.js';
import { toJson } from '../../wire/to-json.js';

export const RTVI_LABEL = 'rtvi-ai';

/** Longer messages are nobody's honest words. */
const MAX_MESSAGE = 256 * 1024;

/** Of anything else that may come the same way, `null`. */
export function readRtvi(text: string): Record<string, unknown> | null {
  if (text.length > MAX_MESSAGE || !text.includes(RTVI_LABEL)) return null;
  try {
    const json = JSON.parse(text) as Record<string, unknown> | null;
    return json?.label === RTVI_LABEL && typeof json.type === 'string' ? json : null;
  } catch {
    return null;
  }
}

/**
 * Some bots do not begin before they have it. Each one that comes may start the bot's listening anew, so that it is sent once;
 * it is here, apart from the dialect, because it goes out before anybody knows what the other side speaks.
 */
export function clientReady(): string {
  const data = { version: '2.1.0', about: { library: 'osmtalk-widget' } };
  return toJson({ label: RTVI_LABEL, type: 'client-ready', id: randomId(), data });
}
