import { isObject, type JsonObject } from '../read-json.js';
import { RelayError } from '../relay-error.js';
import type { Refusal } from '../upstream-refusal.js';
import type { Upstream } from '../upstream.js';
import { agentFacts, soughtSecrets } from './own-engine.js';
import { firstText, readObject } from './read-fields.js';
import { readOffer } from './read-offer.js';

export interface PipecatOptions {
  /**
   * The start address of your bot: `https://bots.example/start` of Pipecat's runner, or
   * `https://api.pipecat.daily.co/v1/public/NAME/start` of its cloud.
   */
  startUrl: string;
  /** Sent with the start request and never to a page: `{authorization: 'Bearer …'}`. */
  headers?: Readonly<Record<string, string>> | undefined;
  /**
   * The transport of the call, requested as `transport`. Default `webrtc` (SmallWebRTC). `daily` needs a `transports` entry of
   * the page's own, since the widget has no transport for it. `livekit`: for a `/start` of your own that answers a LiveKit
   * `url` and `token`.
   */
  transport?: 'webrtc' | 'livekit' | 'daily' | undefined;
}

/**
 * Puts a Pipecat bot of the site's own behind the relay: voice only.
 *
 * Facts (pipecat-ai/pipecat, `runner/run.py`): `POST /start` with `{transport, body, createDailyRoom?,
 * enableDefaultIceServers?}` → `{sessionId, iceConfig?}` for SmallWebRTC, whose offer goes to `POST sessions/ID/api/offer`
 * beside `start`; `{dailyRoom, dailyToken, sessionId}` for Daily; `{wsUrl, token, sessionId}` for WebSocket and telephones. A
 * `/start` of one's own for LiveKit answers `{url, token}`. `body` is `runner_args.body` of the bot. `enableDefaultIceServers`
 * is not requested: it would show every visitor's address to a third party, which a bot with a public address does not need.
 * There is no record of a session to be read, and so no id of the call.
 *
 * The page sends its WebRTC offer to the bot itself: a bot that takes offers only with a key (Pipecat Cloud) is refused here,
 * since the key would have to be in the page. Throws a `TypeError` for an invalid address or header.
 */
export function pipecat(options: PipecatOptions): Upstream {
  const startUrl = readStartUrl(options.startUrl);
  const { transport = 'webrtc' } = options;
  const headers = Object.fromEntries(
    Object.entries(options.headers ?? {}).map(([name, value]) => [
      name.toLowerCase(),
      readHeader(name, value),
    ]),
  );

  return {
    name: 'pipecat',
    features: ['voice'],
    notOffered: {
      chat: 'A Pipecat bot is spoken and written to within a call; there is no chat without one.',
      callback: 'This relay does not phone through Pipecat.',
    },
    knowsIdempotencyKeys: false,
    secrets: soughtSecrets(Object.values(headers).flatMap(secretsIn)),
    connect: async (asked, link) => {
      const json = await link.ask({
        method: 'POST',
        url: startUrl,
        headers,
        body: {
          transport,
          ...(transport === 'daily' && { createDailyRoom: true }),
          body: agentFacts(asked),
        },
        readRefusal,
      });
      return { callId: null, offer: readStart(readObject(json), startUrl, Object.keys(headers).length > 0) };
    },
  };
}

/** Returns what the page needs to enter the call. Throws a refusal that says why the page cannot enter it. */
function readStart(fields: JsonObject, startUrl: string, needsKey: boolean): JsonObject {
  const offer = readOffer(fields);
  const server = firstText(fields, ['serverUrl', 'server_url', 'livekitUrl', 'livekit_url', 'url']);
  const token = firstText(fields, ['participantToken', 'participant_token', 'token']);
  const isDaily = firstText(fields, ['dailyRoom', 'daily_room', 'room_url', 'roomUrl']) !== null;
  if (isDaily || isDailyHost(server)) return { ...offer, transport: 'daily' };
  if (server !== null && token !== null && isRoomToken(token))
    return { transport: 'livekit', serverUrl: server, participantToken: token };
  if (firstText(fields, ['wsUrl', 'ws_url']) !== null)
    throw unsupported('a WebSocket, which the widget does not carry');
  const place = offerPlace(fields);
  if (place === null) throw unsupported('something that names neither a session nor a room');
  if (needsKey)
    throw unsupported('WebRTC offers that need the key, which a page must not have: use LiveKit or Daily');
  if (!URL.canParse(place, startUrl)) throw new RelayError('bad_answer');
  return { ...offer, transport: 'webrtc', webrtcUrl: new URL(place, startUrl).href };
}

/** Returns where the WebRTC offer goes, perhaps relative to `start`; `null` when the answer names no place. */
function offerPlace(fields: JsonObject): string | null {
  const request = isObject(fields.webrtcRequestParams) ? fields.webrtcRequestParams : {};
  const session = firstText(fields, ['sessionId', 'session_id']);
  return (
    firstText(fields, ['webrtcUrl', 'webrtc_url']) ??
    firstText(request, ['endpoint']) ??
    (session === null ? null : `sessions/${encodeURIComponent(session)}/api/offer`)
  );
}

/** Whether a token is one of LiveKit, which is a JWT. The token of Pipecat's WebSocket is any word. */
function isRoomToken(token: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
}

function isDailyHost(url: string | null): boolean {
  return url !== null && URL.canParse(url) && /(?:^|\.)daily\.co$/.test(new URL(url).hostname);
}

function unsupported(what: string): RelayError {
  return new RelayError('unsupported_transport', { message: `The bot carries its calls by ${what}.` });
}

function readStartUrl(url: string): string {
  if (typeof url === 'string' && /^https?:\/\//i.test(url) && URL.canParse(url)) return url;
  throw new TypeError(`The startUrl of Pipecat must be an http(s) address: ${JSON.stringify(url)}`);
}

/** Returns the value of a header. Throws a `TypeError` for an invalid one, and does not quote the value. */
function readHeader(name: string, value: string): string {
  if (!/^[\w-]+$/.test(name)) throw new TypeError(`${JSON.stringify(name)} is no name of a header`);
  if (typeof value !== 'string' || !/^[\x20-\x7e]+$/.test(value) || value.trim() !== value)
    throw new TypeError(`The header ${name} is empty, or holds what a header cannot`);
  return value;
}

/** Returns the value, and the key without `Bearer`: the key alone is worth as much. */
function secretsIn(value: string): string[] {
  return [value, ...value.split(' ').slice(1)];
}

/** Passes on nothing of the bot's error text. What the site has set up wrongly is not reported as the page's fault. */
function readRefusal(status: number): Refusal {
  return status === 401 || status === 402 || status === 403 || status === 429
    ? {}
    : { code: 'upstream_error' };
}
