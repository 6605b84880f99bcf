import type { SmallWebRtcRequest } from '../../wire/call-offer.js';
import { toJson } from '../../wire/to-json.js';
import { VoiceError } from '../voice-error.js';

/** The time limit of the first offer; a server that has not answered by then is not there. */
const OFFER_LIMIT_MS = 15_000;

/**
 * The time limit of requests during a call, shorter since the visitor waits in silence: another try is better than a long wait.
 */
const REPAIR_LIMIT_MS = 5_000;

export interface SessionRequest {
  url: string;
  token: string | null;
  /** What a SmallWebRTC server needs besides the offer. */
  small?: SmallWebRtcRequest | undefined;
  offer: RTCSessionDescriptionInit;
  /** Default `globalThis.fetch`. */
  fetch?: typeof fetch;
}

/**
 * How a broken connection is repaired: `ice`, with new candidates on the same connection, requested at the session's `Location`;
 * `peer`, with a new connection on both sides, since aiortc cannot restart ICE.
 */
export type Repair = 'ice' | 'peer';

/** The server refuses, and would refuse again. */
export class RefusedError extends Error {}

type Fields = Record<string, unknown>;

interface Opened {
  place: string | null;
  pcId: string | null;
  answer: RTCSessionDescriptionInit;
}

/** A session that the server has opened, and that the page must leave. */
export class WebRtcSession {
  readonly answer: RTCSessionDescriptionInit;
  readonly #request: SessionRequest;
  readonly #fetch: typeof fetch;
  /** The address at which the session is left and its ICE restarted; `null` where the server gave none. */
  readonly #place: string | null;
  /** The connection's id on a SmallWebRTC server, which may give another with each answer; `null` elsewhere. */
  #pcId: string | null;
  #leaving: Promise<unknown> | undefined;

  constructor(request: SessionRequest, { place, pcId, answer }: Opened) {
    this.#request = request;
    const { fetch = globalThis.fetch } = request;
    // A browser's own `fetch` throws with another `this`.
    this.#fetch = (input, init) => fetch(input, init);
    this.#place = place;
    this.#pcId = pcId;
    this.answer = answer;
  }

  /** Whether the server uses SmallWebRTC. */
  get isSmall(): boolean {
    return this.#pcId !== null;
  }

  /** How the connection can be repaired; undefined where the server gave no way. */
  get repair(): Repair | undefined {
    if (this.isSmall) return 'peer';
    return this.#place === null ? undefined : 'ice';
  }

  /**
   * Sends another offer and resolves with the server's answer. `restart`: the offer is of a new connection or a restarted ICE.
   *
   * @throws {RefusedError} When asking again is useless. Any other error may pass.
   */
  async negotiate(offer: RTCSessionDescriptionInit, restart: boolean): Promise<RTCSessionDescriptionInit> {
    const pcId = this.#pcId;
    const { url, small } = this.#request;
    const body = pcId === null ? describe(offer) : smallOffer(offer, small, pcId, restart);
    const [method, to] = pcId === null ? ['PATCH', this.#place] : ['POST', url];
    if (to === null) throw new RefusedError('The server has told no way');
    const response = await this.#send(method, to, body);
    const { ok, status } = response;
    if (!ok && status >= 400 && status < 500 && ![408, 425, 429].includes(status))
      throw new RefusedError(`Refused: ${status}`);
    const answered = ok ? await readFields(response) : {};
    const answer = readAnswer(answered);
    if (!answer) throw new Error(`No answer: ${status}`);
    this.#pcId = readId(answered) ?? pcId;
    return answer;
  }

  /**
   * Sends candidates that were found after the offer was sent. Never rejects: each is one more route, and the call may work
   * without it.
   */
  async sendCandidates(candidates: readonly RTCIceCandidate[]): Promise<void> {
    const body = {
      pc_id: this.#pcId,
      candidates: candidates.map(({ candidate, sdpMid, sdpMLineIndex }) => ({
        candidate,
        sdp_mid: sdpMid,
        sdp_mline_index: sdpMLineIndex,
      })),
    };
    await this.#send('PATCH', this.#request.url, body).catch(() => undefined);
  }

  /** Leaves the session on the server. Never rejects. The request is sent even while the page is unloaded. */
  async leave(): Promise<void> {
    const place = this.#place;
    if (place === null) return;
    const init = { method: 'DELETE', headers: headersOf(this.#request), ...PRIVATE, keepalive: true };
    this.#leaving ??= this.#fetch(place, init).catch(() => undefined);
    await this.#leaving;
  }

  #send(method: string, url: string, body: Fields): Promise<Response> {
    return this.#fetch(url, requestInit(method, this.#request, body, REPAIR_LIMIT_MS));
  }
}

/**
 * Sends the first offer. It must not be aborted: the server may have opened the session by then, and only the answer says how to
 * leave it.
 *
 * @throws {VoiceError} `token-expired`, `connection-blocked` or `unsupported-transport`.
 */
export async function openSession(request: SessionRequest): Promise<WebRtcSession> {
  const { url, small, offer, fetch = globalThis.fetch } = request;
  const body = small ? smallOffer(offer, small, null, false) : describe(offer);
  const init = requestInit('POST', request, body, OFFER_LIMIT_MS);
  const response = await fetch(url, init).catch((error: unknown) => {
    throw new VoiceError('connection-blocked', `The offer was not answered: ${String(error)}`, error);
  });
  if (!response.ok) throw refusal(response.status);
  const answered = await readFields(response);
  const answer = readAnswer(answered);
  const place = sessionPlace(response.headers.get('location'), url);
  const opened = { place, pcId: readId(answered), answer: answer ?? { type: 'answer' } } as const;
  const session = new WebRtcSession(request, opened);
  if (answer) return session;
  await session.leave();
  throw new VoiceError(
    'unsupported-transport',
    'The offer was answered with something that is no SDP answer',
  );
}

/** A redirect that is followed would give the offer, which contains the addresses of this device, to another server. */
const PRIVATE = { credentials: 'omit', redirect: 'error' } as const;

function requestInit(method: string, request: SessionRequest, body: Fields, limitMs: number): RequestInit {
  return {
    method,
    headers: { ...headersOf(request), 'content-type': 'application/json' },
    body: toJson(body),
    ...PRIVATE,
    signal: AbortSignal.timeout(limitMs),
  };
}

function headersOf({ token, small }: SessionRequest): Record<string, string> {
  return { ...(token !== null && { authorization: `Bearer ${token}` }), ...small?.headers };
}

function describe({ sdp, type }: RTCSessionDescriptionInit): Fields {
  return { sdp, type };
}

function smallOffer(
  offer: RTCSessionDescriptionInit,
  small: SmallWebRtcRequest | undefined,
  pcId: string | null,
  restart: boolean,
): Fields {
  const { requestData } = small ?? {};
  return {
    ...describe(offer),
    pc_id: pcId,
    restart_pc: restart,
    ...(requestData !== undefined && { requestData }),
  };
}

function refusal(status: number): VoiceError {
  const isToken = status === 401 || status === 403;
  return new VoiceError(isToken ? 'token-expired' : 'connection-blocked', `The offer was answered ${status}`);
}

/** The session's absolute address; `null` unless it is on the server that was named, since the token is sent to it. */
function sessionPlace(location: string | null, url: string): string | null {
  try {
    const place = new URL(location ?? '', url);
    return location !== null && place.origin === new URL(url).origin ? place.href : null;
  } catch {
    return null;
  }
}

async function readFields(response: Response): Promise<Fields> {
  return ((await response.json().catch(() => null)) ?? {}) as Fields;
}

function readAnswer({ type, sdp }: Fields): RTCSessionDescriptionInit | null {
  return type === 'answer' && typeof sdp === 'string' ? { type, sdp } : null;
}

function readId({ pc_id: id }: Fields): string | null {
  return typeof id === 'string' && id !== '' ? id : null;
}
