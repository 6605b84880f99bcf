import type { CallOffer } from '../../wire/call-offer.js';
import { OFFER_FIELDS, readCallOffer } from '../../wire/read-call-offer.js';
import { isObject, type JsonObject } from '../read-json.js';

/**
 * What a page needs to enter a call: what `wire/` reads, and what transports of the site's own read of LiveKit, Pipecat and Daily.
 * Anything else in connect's answer is the platform's own: ids that are not signed, the agent's prompt, the organization.
 */
const WORDS = new Set([
  ...OFFER_FIELDS.words,
  'recording',
  'roomName',
  'room_name',
  'dailyToken',
  'daily_token',
]);

/** Within these the same names count. */
const OBJECTS = new Set([...OFFER_FIELDS.objects, 'daily']);

const ICE_SERVERS = new Set(OFFER_FIELDS.iceServers);
const ICE_FIELDS = ['urls', 'url', 'username', 'credential', 'credentialType'];

/**
 * The named fields of connect's answer.
 * @param more fields that a transport of the site's own reads, as they are
 * @param baseUrl where the answer came from: the page, which has it from the relay, could not resolve an address by it
 */
export function readOffer(fields: JsonObject, more: readonly string[] = [], baseUrl?: string): JsonObject {
  const named = pick(fields);
  const own = Object.entries(fields).filter(([name]) => more.includes(name));
  return {
    ...named,
    ...(baseUrl !== undefined && absolute(fields, named, baseUrl)),
    ...Object.fromEntries(own),
  };
}

function pick(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]): [string, unknown][] => {
      if (WORDS.has(name)) return isPlain(value) ? [[name, value]] : [];
      if (OBJECTS.has(name)) return isObject(value) ? withContent(name, pick(value)) : [];
      if (ICE_SERVERS.has(name) && Array.isArray(value)) return [[name, value.filter(isObject).map(pickIce)]];
      return [];
    }),
  );
}

function withContent(name: string, object: JsonObject): [string, JsonObject][] {
  return Object.keys(object).length === 0 ? [] : [[name, object]];
}

/** A page may be anywhere. */
const ELSEWHERE = 'https://relay.invalid';

/** Where the WebRTC offer goes, when the named fields alone would not lead the page there: by a relative address, or by a session. */
function absolute(fields: JsonObject, named: JsonObject, baseUrl: string): JsonObject {
  const offer = tryToRead(fields, baseUrl);
  if (offer?.transport !== 'webrtc') return {};
  const seen = tryToRead(named, ELSEWHERE);
  if (seen?.transport === 'webrtc' && seen.url === offer.url) return {};
  return {
    transport: offer.small ? 'smallwebrtc' : 'webrtc',
    webrtcUrl: offer.url,
    iceServers: offer.iceServers.map((server) => pickIce({ ...server })),
    ...(offer.token !== null && { token: offer.token }),
  };
}

/** The page says what is wrong with an answer that cannot be read. */
function tryToRead(fields: JsonObject, baseUrl: string): CallOffer | null {
  try {
    return readCallOffer(fields, baseUrl);
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
