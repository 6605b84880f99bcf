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

const ICE_SERVERS = new Set(['iceServers', 'ice_servers']);
const ICE_FIELDS = ['urls', 'url', 'username', 'credential', 'credentialType'];

/** The named fields of connect's answer; `more` are those that a transport of the site's own reads, as they are. */
export function readOffer(fields: JsonObject, more: readonly string[] = []): JsonObject {
  const named = pick(fields);
  const own = Object.entries(fields).filter(([name]) => more.includes(name));
  return { ...named, ...Object.fromEntries(own) };
}

function pick(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]): [string, unknown][] => {
      if (PLAIN.has(name)) return isPlain(value) ? [[name, value]] : [];
      if (NESTED.has(name)) return isObject(value) ? [[name, pick(value)]] : [];
      if (ICE_SERVERS.has(name) && Array.isArray(value)) return [[name, value.filter(isObject).map(pickIce)]];
      return [];
    }),
  );
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
