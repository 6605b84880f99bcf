import { asObject, firstString, unreadable, unwrap, type Fields } from './fields.js';

export interface LiveKitOffer {
  transport: 'livekit';
  callId: string | null;
  serverUrl: string;
  token: string;
  raw: unknown;
}

export interface WebRtcOffer {
  transport: 'webrtc';
  callId: string | null;
  url: string;
  token: string | null;
  iceServers: RTCIceServer[];
  /** Set when the server is known to use Pipecat's SmallWebRTC. */
  small?: SmallWebRtcRequest;
  raw: unknown;
}

/** What is sent with each offer to a SmallWebRTC server. */
export interface SmallWebRtcRequest {
  headers: Record<string, string>;
  requestData: unknown;
}

/** An offer that only a transport of the site (`transports`) may know. */
interface ForeignOffer {
  transport: 'foreign';
  callId: string | null;
  name: string;
  raw: unknown;
}

/** The answer of connect: where the call takes place. */
export type CallOffer = LiveKitOffer | WebRtcOffer | ForeignOffer;

const CALL_ID = ['callId', 'call_id', 'id'];
const NAME = ['transport', 'type', 'provider'];
/** LiveKit's own field names, and those that other engines use as well. */
const LIVEKIT_URL = ['serverUrl', 'server_url', 'livekitUrl', 'livekit_url'];
const SERVER_URL = [...LIVEKIT_URL, 'wsUrl', 'ws_url', 'url'];
const LIVEKIT_TOKEN = ['participantToken', 'participant_token', 'livekitToken', 'livekit_token'];
const TOKEN = [...LIVEKIT_TOKEN, 'token', 'accessToken', 'access_token', 'jwt', 'roomToken', 'room_token'];
const OFFER_URL = ['webrtcUrl', 'webrtc_url'];
const DAILY_ROOM = ['dailyRoom', 'daily_room'];
const ROOM_URL = ['room_url', 'roomUrl'];
/** The fields in which some servers nest what belongs to the call. */
const NESTED = ['livekit', 'connection', 'call', 'session', 'room', 'webrtc', 'credentials'];
const REQUEST = ['webrtcRequestParams', 'webrtc_request_params'];
const ICE = ['iceConfig', 'ice_config'];

/**
 * Engines that this package does not support: an answer that names one gets the transport `foreign`, whatever else it contains.
 */
const OTHER_ENGINES = /daily|twilio|vapi|websocket|^ws$|agora|vonage|retell|elevenlabs|ultravox|plivo|^sip/;
const SMALL = /^small|pipecat/;
const WEBRTC = /^(?:small-?_?)?web-?rtc(?:-?transport)?$|pipecat/;

/**
 * Reads from the answer of connect where the call takes place. An engine that the answer names decides, unless Daily's own fields
 * are there; without a name, the fields decide: a room's address with a token that LiveKit issued is LiveKit, whatever else is
 * named. An answer that shows no known engine is `foreign`. `baseUrl` resolves a relative address.
 *
 * @throws {ApiError} `invalid-response` when the answer is no object or empty, or the address for the named engine is not usable.
 */
export function readCallOffer(json: unknown, baseUrl?: string): CallOffer {
  const outer = unwrap(json, 'connect');
  if (Object.keys(outer).length === 0) throw unreadable('connect answered an empty object');
  const callId = readCallId(outer);
  const named = firstString(outer, NAME)?.toLowerCase() ?? null;
  const about = { callId, raw: json };
  const foreign = (name: string): CallOffer => ({ transport: 'foreign', name, ...about });

  const isWebRtc = named !== null && WEBRTC.test(named);
  if (named !== null && named !== 'livekit' && !isWebRtc && OTHER_ENGINES.test(named)) return foreign(named);
  const places: Fields[] = [
    outer,
    ...NESTED.map((name) => asObject(outer[name])).filter((place) => place !== null),
  ];
  const engine = places.map(engineOf).find((found) => found !== null);
  if (engine) return foreign(engine);

  if (!isWebRtc) {
    for (const place of places) {
      const livekit = readLiveKit(place, outer, named === 'livekit');
      if (livekit) return { ...livekit, ...about };
    }
  }
  for (const place of places) {
    const url = offerUrl(place, isWebRtc || place === outer.webrtc, baseUrl);
    if (url !== null) {
      const small = readSmall(place, named);
      return { ...readWebRtc(place, outer), ...(small && { small }), url, ...about };
    }
  }
  if (named === 'webrtc') throw unreadable('connect names no http(s) `url` for WebRTC');
  return foreign(named ?? 'unknown');
}

/** The call's id in connect's answer, which must be unwrapped already; `null` when there is none. */
export function readCallId(outer: Fields): string | null {
  return firstString(outer, CALL_ID) ?? firstString(asObject(outer.call) ?? {}, CALL_ID);
}

/** The engine that is recognized by fields of its own; `null` when there is none. */
function engineOf(fields: Fields): string | null {
  if (DAILY_ROOM.some((name) => fields[name] !== undefined)) return 'daily';
  if (firstString(fields, ROOM_URL) !== null) return 'daily';
  return SERVER_URL.some((name) => isDaily(fields[name])) ? 'daily' : null;
}

function isDaily(url: unknown): boolean {
  const host = typeof url === 'string' ? hostOf(url) : null;
  return host !== null && (host === 'daily.co' || host.endsWith('.daily.co'));
}

function readLiveKit(
  fields: Fields,
  outer: Fields,
  isNamed: boolean,
): Pick<LiveKitOffer, 'transport' | 'serverUrl' | 'token'> | null {
  const serverUrl = firstString(fields, SERVER_URL);
  const token = firstString(fields, TOKEN) ?? firstString(outer, TOKEN);
  if (serverUrl === null || token === null) return null;
  const isOwnName = firstString(fields, LIVEKIT_URL) !== null || firstString(fields, LIVEKIT_TOKEN) !== null;
  if (!hasScheme(serverUrl, ['ws:', 'wss:', 'http:', 'https:'])) {
    if (isNamed || isOwnName) throw unreadable('`serverUrl` of connect is not a URL');
    return null;
  }
  // Pipecat's WebSocket transport has an address and a token as well: the token tells which engine it is.
  const kind = isNamed || isOwnName ? 'livekit' : kindOf(token);
  // An opaque token may belong to any engine; with a call id beside it, the platform issued it.
  const isForeign = kind === 'foreign' || (kind === 'opaque' && firstString(outer, CALL_ID) === null);
  return isForeign ? null : { transport: 'livekit', serverUrl, token };
}

/** The address for the offer, under the field names of servers and of Pipecat's runner; `null` when there is none. */
function offerUrl(fields: Fields, isNamed: boolean, baseUrl: string | undefined): string | null {
  const request = requestParams(fields) ?? {};
  const url =
    firstString(fields, OFFER_URL) ??
    firstString(request, ['endpoint']) ??
    (isNamed ? firstString(fields, ['url', 'endpoint']) : null) ??
    sessionPath(fields, isNamed);
  if (url === null) return null;
  const absolute = baseUrl === undefined ? url : resolve(url, baseUrl);
  return hasScheme(absolute, ['http:', 'https:']) ? absolute : null;
}

function requestParams(fields: Fields): Fields | null {
  return firstObject(fields, REQUEST);
}

/**
 * What a SmallWebRTC server needs; `null` unless the answer has Pipecat's own field names. An offer to such a server is sent
 * before its candidates are found.
 */
function readSmall(fields: Fields, named: string | null): SmallWebRtcRequest | null {
  const request = requestParams(fields);
  const isNamed = named !== null && SMALL.test(named);
  const isSession = firstString(fields, [...OFFER_URL, 'url', 'endpoint']) === null;
  if (!request && !isNamed && !isSession) return null;
  const { headers, requestData, request_data: alsoData } = request ?? {};
  const pairs = Object.entries(asObject(headers) ?? {});
  return {
    headers: Object.fromEntries(
      pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    ),
    requestData: requestData ?? alsoData,
  };
}

/** Pipecat's runner may name only the session, and takes the offer at a path below its own address. */
function sessionPath(fields: Fields, isNamed: boolean): string | null {
  const session = firstString(fields, ['sessionId', 'session_id']);
  if (session === null) return null;
  const isAlone = Object.keys(fields).every((name) =>
    /^(?:session_?id|pc_?id|call_?id|id|ice_?config|file_?upload_?url)$/i.test(name),
  );
  return isAlone || isNamed ? `sessions/${encodeURIComponent(session)}/api/offer` : null;
}

function firstObject(fields: Fields, names: readonly string[]): Fields | null {
  return names.map((name) => asObject(fields[name])).find((found) => found !== null) ?? null;
}

function resolve(url: string, baseUrl: string): string {
  try {
    return new URL(url, `${baseUrl.replace(/\/+$/, '')}/`).href;
  } catch {
    return url;
  }
}

function readWebRtc(fields: Fields, outer: Fields): Pick<WebRtcOffer, 'transport' | 'token' | 'iceServers'> {
  const ice = firstObject(fields, ICE) ?? {};
  const iceServers = readIceServers(fields.iceServers ?? ice.iceServers ?? ice.ice_servers);
  return { transport: 'webrtc', token: firstString(fields, TOKEN) ?? firstString(outer, TOKEN), iceServers };
}

/**
 * Says who issued a token: one of LiveKit is a JWT with a grant for a room. A readable JWT without that grant is `foreign`, any
 * other text `opaque`.
 */
function kindOf(token: string): 'livekit' | 'foreign' | 'opaque' {
  const [, payload, signature, ...more] = token.split('.');
  if (payload === undefined || signature === undefined || more.length > 0) return 'opaque';
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    return asObject(asObject(claims)?.video) === null ? 'foreign' : 'livekit';
  } catch {
    return 'opaque';
  }
}

function readIceServers(value: unknown): RTCIceServer[] {
  if (!Array.isArray(value)) return [];
  return value.filter((server): server is RTCIceServer => asObject(server)?.urls !== undefined);
}

function hasScheme(url: string, schemes: string[]): boolean {
  try {
    return schemes.includes(new URL(url).protocol);
  } catch {
    return false;
  }
}

function hostOf(url: string): string | null {
  try {
    return new URL(url).hostname;
  } catch {
    return null;
  }
}
