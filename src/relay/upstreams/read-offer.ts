import { type CallOffer, readCallOffer } from '../../wire/call-offer.js';
import { isObject, type JsonObject } from '../read-json.js';

/**
 * What a page needs to enter a call, by all the names under which platforms say it: osmTalk, LiveKit's token servers, Pipecat's
 * `/start` for LiveKit, plain WebRTC and Daily. Anything else in connect's answer is the platform's own: ids that are not signed,
 * the agent's prompt, the organization.
 */
const PLAIN = new Set(
  [
    'transport type provider recording',
    'serverUrl server_url livekitUrl livekit_url wsUrl ws_url url',
    'participantToken participant_token token accessToken access_token livekitToken livekit_token jwt',
    'roomName room_name webrtcUrl webrtc_url endpoint',
    'dailyRoom daily_room dailyToken daily_token roomUrl room_url',
  ].flatMap((names) => names.split(' ')),
);

/** Within these the same names count. */
const NESTED = new Set(['livekit', 'webrtc', 'daily', 'connection', 'webrtcRequestParams', 'iceConfig']);
const DEEPEST = 4;

const ICE_SERVERS = new Set(['iceServers', 'ice_servers']);
const ICE_FIELDS = ['urls', 'url', 'username', 'credential', 'credentialType'];

/** A page may be anywhere. */
const ELSEWHERE = 'https://relay.invalid';

/**
 * The named fields of connect's answer.
 * @param more fields that a transport of the site's own reads, as they are
 * @param baseUrl where the answer came from: the page, which has it from the relay, could not resolve an address by it
 */
export function readOffer(fields: JsonObject, more: readonly string[] = [], baseUrl?: string): JsonObject {
  const named = pick(fields, 0);
  const own = Object.entries(fields).filter(([name]) => more.includes(name));
  return {
    ...named,
    ...(baseUrl !== undefined && lacking(fields, named, baseUrl)),
    ...Object.fromEntries(own),
  };
}

function pick(fields: JsonObject, depth: number): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]): [string, unknown][] => {
      if (PLAIN.has(name)) return isPlain(value) ? [[name, value]] : [];
      if (NESTED.has(name)) return isObject(value) && depth < DEEPEST ? [[name, pick(value, depth + 1)]] : [];
      if (ICE_SERVERS.has(name) && Array.isArray(value)) return [[name, value.filter(isObject).map(pickIce)]];
      return [];
    }),
  );
}

/** Where the call takes place, in our own words, when the named fields alone would not lead the page there. */
function lacking(fields: JsonObject, named: JsonObject, baseUrl: string): JsonObject {
  const place = placeOf(tryToRead(fields, baseUrl));
  if (!place) return {};
  const seen = placeOf(tryToRead(named, ELSEWHERE));
  return isSame(place, seen) ? {} : place;
}

/** As the first names of `readCallOffer` say it, which count before all others. */
function placeOf(offer: CallOffer | null): JsonObject | null {
  if (offer?.transport === 'livekit')
    return { transport: 'livekit', serverUrl: offer.serverUrl, participantToken: offer.token };
  if (offer?.transport !== 'webrtc') return null;
  return {
    transport: offer.small ? 'smallwebrtc' : 'webrtc',
    webrtcUrl: offer.url,
    iceServers: offer.iceServers.map((server) => pickIce({ ...server })),
    ...(offer.token !== null && { participantToken: offer.token }),
  };
}

function isSame(one: JsonObject, other: JsonObject | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The page says what is wrong with an answer that cannot be read. */
function tryToRead(fields: JsonObject, baseUrl: string): CallOffer | null {
  try {
    // Wrapped: a gateway's `data` around the fields has been taken away already, and one within them is no such thing.
    return readCallOffer({ data: fields }, baseUrl);
  } catch {
    return null;
  }
}

function pickIce(server: JsonObject): JsonObject {
  const isList = (value: unknown): boolean => Array.isArray(value) && value.every(isPlain);
  return Object.fromEntries(
    ICE_FIELDS.filter((name) => isPlain(server[name]) || isList(server[name])).map((name) => [
      name,
      server[name],
    ]),
  );
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean';
}
