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
  /** The server is known to speak Pipecat's SmallWebRTC. */
  small?: SmallWebRtcRequest;
  raw: unknown;
}

/** What goes with each offer to a SmallWebRTC server. */
export interface SmallWebRtcRequest {
  headers: Record<string, string>;
  requestData: unknown;
}

/** Something else: only a transport that the site has added (`transports`) may know it. */
interface ForeignOffer {
  transport: 'foreign';
  callId: string | null;
  name: string;
  raw: unknown;
}

/** What connect answered: where the call takes place. */
export type CallOffer = LiveKitOffer | WebRtcOffer | ForeignOffer;

const CALL_ID = ['callId', 'call_id', 'id'];
const NAME = ['transport', 'type', 'provider'];
/** LiveKit's own names, and those that other engines use as well. */
const LIVEKIT_URL = ['serverUrl', 'server_url', 'livekitUrl', 'livekit_url'];
const SERVER_URL = [...LIVEKIT_URL, 'wsUrl', 'ws_url', 'url'];
const LIVEKIT_TOKEN = ['participantToken', 'participant_token', 'livekitToken', 'livekit_token'];
const TOKEN = [...LIVEKIT_TOKEN, 'token', 'accessToken', 'access_token', 'jwt', 'roomToken', 'room_token'];
const OFFER_URL = ['webrtcUrl', 'webrtc_url'];
const DAILY_ROOM = ['dailyRoom', 'daily_room'];
const ROOM_URL = ['room_url', 'roomUrl'];
/** Where some servers put what belongs to the call. */
const NESTED = ['livekit', 'connection', 'call', 'session', 'room', 'webrtc', 'credentials'];
const REQUEST = ['webrtcRequestParams', 'webrtc_request_params'];
const ICE = ['iceConfig', 'ice_config'];

/** Engines that this package does not carry: an answer that names one is theirs, whatever else it holds. */
const OTHER_ENGINES = /daily|twilio|vapi|websocket|^ws$|agora|vonage|retell|elevenlabs|ultravox|plivo|^sip/;
const SMALL = /^small|pipecat/;
const WEBRTC = /^(?:small-?_?)?web-?rtc(?:-?transport)?$|pipecat/;

/**
 * Reads where the call takes place. What the answer says of itself counts where it names an engine; else what is in it does:
 * a room's address with a token that LiveKit gives out is LiveKit, whatever word stands beside it. Throws
 * `invalid-response` when the answer names no place. `baseUrl`: where the answer came from, for an address that is relative.
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

/** Of connect's answer, unwrapped. */
export function readCallId(outer: Fields): string | null {
  return firstString(outer, CALL_ID) ?? firstString(asObject(outer.call) ?? {}, CALL_ID);
}

/** Other engines are known by fields of their own, too. */
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
  // Pipecat's WebSocket transport has an address and a token as well: of such a pair the token tells.
  const kind = isNamed || isOwnName ? 'livekit' : kindOf(token);
  // An opaque one may be anybody's; the id of the call beside it is the platform's.
  const isForeign = kind === 'foreign' || (kind === 'opaque' && firstString(outer, CALL_ID) === null);
  return isForeign ? null : { transport: 'livekit', serverUrl, token };
}

/** Where the offer goes, as servers and Pipecat's runner name it. */
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

/** Only where Pipecat's own words stand: an offer to such a server goes out before its candidates are found. */
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

/** Pipecat's runner names the session alone, and takes the offer below its own address. */
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

/** A token that LiveKit gave out is a JWT with a grant for a room. One that can be read, and has none, is somebody else's. */
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
