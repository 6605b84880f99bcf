import { toJson } from '../api/to-json.js';
import { VoiceError } from './voice-error.js';

/** A server that does not answer an offer by then is not there. */
const OFFER_LIMIT_MS = 15_000;

export interface SessionRequest {
  url: string;
  token: string | null;
  offer: RTCSessionDescriptionInit;
  /** Default `globalThis.fetch`. */
  fetch?: typeof fetch;
}

/** A session that the server has opened, and that must be left. */
export interface WebRtcSession {
  answer: RTCSessionDescriptionInit;
  /** Never rejects. Goes out even when the page is on its way out. */
  leave(): Promise<void>;
}

/**
 * Sends the offer, complete with its candidates. It is not to be aborted: the server may have opened the session by
 * then, and only the answer says how to leave it.
 *
 * @throws {VoiceError} `token-expired`, `connection-blocked` or `unsupported-transport`.
 */
export async function openSession({
  url,
  token,
  offer,
  fetch = globalThis.fetch,
}: SessionRequest): Promise<WebRtcSession> {
  const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...authorization, 'content-type': 'application/json' },
    body: toJson({ sdp: offer.sdp, type: offer.type }),
    credentials: 'omit',
    // Followed, it would hand the offer, with the addresses of this device, to another server.
    redirect: 'error',
    signal: AbortSignal.timeout(OFFER_LIMIT_MS),
  }).catch((error: unknown) => {
    throw new VoiceError('connection-blocked', `The offer was not answered: ${String(error)}`, error);
  });
  if (!response.ok) throw refusal(response.status);
  const place = leavingPlace(response.headers.get('location'), url);
  let leaving: Promise<unknown> | undefined;
  const leave = async (): Promise<void> => {
    if (place === null) return;
    const init = {
      method: 'DELETE',
      headers: authorization,
      credentials: 'omit',
      redirect: 'error',
      keepalive: true,
    } as const;
    leaving ??= fetch(place, init).catch(() => undefined);
    await leaving;
  };
  const answer = await readAnswer(response);
  if (answer) return { answer, leave };
  await leave();
  throw new VoiceError(
    'unsupported-transport',
    'The offer was answered with something that is no SDP answer',
  );
}

function refusal(status: number): VoiceError {
  const isToken = status === 401 || status === 403;
  return new VoiceError(isToken ? 'token-expired' : 'connection-blocked', `The offer was answered ${status}`);
}

/** The token goes to this address, so that it must be on the server that was named. */
function leavingPlace(location: string | null, url: string): string | null {
  try {
    const place = new URL(location ?? '', url);
    return location !== null && place.origin === new URL(url).origin ? place.href : null;
  } catch {
    return null;
  }
}

async function readAnswer(response: Response): Promise<RTCSessionDescriptionInit | null> {
  const json: unknown = await response.json().catch(() => null);
  const { type, sdp } = (json ?? {}) as Record<string, unknown>;
  return type === 'answer' && typeof sdp === 'string' ? { type, sdp } : null;
}
