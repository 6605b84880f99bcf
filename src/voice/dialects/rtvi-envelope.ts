import { randomId } from '../../wire/random-id.js';
import { toJson } from '../../wire/to-json.js';

export const RTVI_LABEL = 'rtvi-ai';

/** The longest message that is read, in characters; no honest sender sends more. */
const MAX_MESSAGE = 256 * 1024;

/** Reads an RTVI message; `null` for any other text. */
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
 * Makes the `client-ready` message, without which some bots do not begin. Each one may restart the bot's listening, so that it is
 * sent once. It is here, apart from the dialect, because it is sent before the other side's dialect is known.
 */
export function clientReady(): string {
  const data = { version: '2.1.0', about: { library: 'osmtalk-widget' } };
  return toJson({ label: RTVI_LABEL, type: 'client-ready', id: randomId(), data });
}
