import { type CallOffer, readCallOffer } from '../../wire/call-offer.js';
import { isObject, type JsonObject } from '../read-json.js';

/**
 * The fields that a page needs to enter a call, by all the names that platforms give them: osmTalk, LiveKit's token servers,
 * Pipecat's `/start` for LiveKit, plain WebRTC and Daily. Any other field of connect's answer is kept from the page: ids that
 * are not signed, the agent's prompt, the organization.
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

/** Within these fields the same names count. */
const NESTED = new Set(['livekit', 'webrtc', 'daily', 'connection', 'webrtcRequestParams', 'iceConfig']);
const DEEPEST = 4;

const ICE_SERVERS = new Set(['iceServers', 'ice_servers']);
const ICE_FIELDS = ['urls', 'url', 'username', 'credential', 'credentialType'];

/** Stands for the address of a page, which may be anywhere. */
const ELSEWHERE = 'https://relay.invalid';

/**
 * Returns the fields of connect's answer that a page may have.
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

/** Returns where the call takes place, under our own field names, when the named fields alone would not lead the page there. */
function lacking(fields: JsonObject, named: JsonObject, baseUrl: string): JsonObject {
  const place = placeOf(tryToRead(fields, baseUrl));
  if (!place) return {};
  const seen = placeOf(tryToRead(named, ELSEWHERE));
  return isSame(place, seen) ? {} : place;
}

/** Writes the place of a call under the names that `readCallOffer` reads first; `null` where there is none. */
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

/** Returns `null` for an answer that cannot be read: the page says what is wrong with it. */
function tryToRead(fields: JsonObject, baseUrl: string): CallOffer | null {
  try {
    // Wrapped in `data`: a gateway's own `data` around the fields was removed before, and a field of that name within them must
    // not count as one.
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
