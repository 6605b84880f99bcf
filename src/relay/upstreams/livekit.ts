import { toBase64Url } from '../hmac.js';
import { isObject, type JsonObject } from '../read-json.js';
import { RelayError, type RelayErrorCode } from '../relay-error.js';
import type { Refusal } from '../upstream-refusal.js';
import type { UpstreamLink } from '../upstream-link.js';
import type { CallFacts, Upstream } from '../upstream.js';
import { signLivekitToken, type LivekitKey, type VideoGrant } from './livekit-token.js';
import { readCallOfRoom, type RoomFacts } from './livekit-record.js';
import { agentFacts, soughtSecrets } from './own-engine.js';
import { readObject, readSecret } from './read-fields.js';

export interface LivekitOptions {
  /** The address of the server or the Cloud project, as clients reach it: `wss://…`. */
  url: string;
  /** Is in every token, as LiveKit wants it; only `apiSecret` must stay secret. */
  apiKey: string;
  apiSecret: string;
  /**
   * The name under which the worker is registered. It is dispatched into the room of each call, whatever name the page uses for
   * its agent: that name is `agentId` in the job's metadata.
   */
  agentName: string;
  /**
   * How long a page can enter the room with its token, also after a reload in the middle of the call. A running call goes on,
   * since LiveKit renews the tokens of connected participants. Default 600.
   */
  tokenSeconds?: number | undefined;
  /** How long a room stays open whose visitor has gone without ending the call, and may come back. Default 20, LiveKit's own. */
  departureSeconds?: number | undefined;
}

/** A room that nobody enters is closed after this. */
const EMPTY_SECONDS = 60;
/** How long the tokens that only this server uses are valid. */
const OWN_TOKEN_SECONDS = 60;

/** Retries of reading, which changes nothing. */
const RETRIES = 2;

/** Errors of LiveKit's server API (Twirp) where the status alone is not enough. None of them is the page's fault. */
const TWIRP_ERRORS: Record<string, RelayErrorCode> = {
  resource_exhausted: 'too_many_calls',
  unauthenticated: 'upstream_denied',
  permission_denied: 'upstream_denied',
};

/**
 * Puts an agent of LiveKit Agents (or any worker that LiveKit dispatches), on a LiveKit server of the site's own, behind the
 * relay: voice only.
 *
 * A call is a room with a name that cannot be guessed, which is also its id. This server makes the room with the agent
 * dispatched into it, so that the agent joins while the page still connects, and so that the agent's data (`agentId`,
 * `dynamicVariables`, `metadata` and the other fields of connect's body, as JSON in `ctx.job.metadata`) stay out of the token,
 * which every page can read. The page gets a token for that one room, for a microphone, messages, and listening. The record is
 * what the server reports about the room while it exists.
 *
 * Facts (livekit/protocol, livekit-server 1.13.5): `POST /twirp/livekit.RoomService/{CreateRoom,ListRooms,ListParticipants}`
 * and `/twirp/livekit.AgentDispatchService/ListDispatch`, JSON in snake case without defaults, 64-bit numbers as text;
 * `Authorization: Bearer` a JWT (HS256) with the grant `roomCreate`, `roomList` or `roomAdmin` with `room`. Errors `{code,
 * msg}`.
 *
 * Throws a `TypeError` for an invalid address, key, name or time.
 */
export function livekit(options: LivekitOptions): Upstream {
  const { socketUrl, httpUrl } = readServerUrl(options.url);
  const key: LivekitKey = {
    apiKey: readSecret('apiKey', options.apiKey),
    apiSecret: readSecret('apiSecret', options.apiSecret),
  };
  const agent_name = readSecret('agentName', options.agentName);
  const tokenSeconds = readSeconds('tokenSeconds', options.tokenSeconds ?? 600);
  const departure_timeout = readSeconds('departureSeconds', options.departureSeconds ?? 20);

  const ask = async (
    link: UpstreamLink,
    method: string,
    video: VideoGrant,
    body: JsonObject,
    retries = RETRIES,
  ): Promise<JsonObject> => {
    const token = await signLivekitToken(key, { sub: 'relay', video, seconds: OWN_TOKEN_SECONDS });
    const json = await link.ask({
      method: 'POST',
      url: `${httpUrl}/twirp/livekit.${method}`,
      headers: { authorization: `Bearer ${token}` },
      body,
      retries,
      readRefusal,
    });
    return readObject(json);
  };

  return {
    name: 'livekit',
    features: ['voice'],
    notOffered: {
      chat: 'A LiveKit agent is spoken and written to within a call; there is no chat without one.',
      callback: 'This relay does not phone through LiveKit.',
    },
    knowsIdempotencyKeys: false,
    secrets: soughtSecrets([key.apiSecret]),
    connect: async (asked, link) => {
      const room = `call_${toBase64Url(crypto.getRandomValues(new Uint8Array(18)))}`;
      // For the agent alone: the visitor's token and the room's own metadata can be read by the page.
      const agents = [{ agent_name, metadata: JSON.stringify(agentFacts(asked)) }];
      const timeouts = { empty_timeout: EMPTY_SECONDS, departure_timeout };
      await ask(
        link,
        'RoomService/CreateRoom',
        { roomCreate: true },
        { name: room, ...timeouts, agents },
        // Without retries: a second room would have a second agent.
        0,
      );
      const participantToken = await signLivekitToken(key, {
        sub: VISITOR + asked.visitor,
        video: visitorGrant(room),
        seconds: tokenSeconds,
      });
      return {
        callId: room,
        offer: { transport: 'livekit', serverUrl: socketUrl, participantToken, roomName: room },
      };
    },
    readCall: async (room, link): Promise<CallFacts> => {
      const list = await ask(link, 'RoomService/ListRooms', { roomList: true }, { names: [room] });
      const [found] = listOf(list, 'rooms');
      if (!found) return recordOf(null);
      const video = { roomAdmin: true, room };
      const [dispatches, participants] = await Promise.all([
        unlessGone(ask(link, 'AgentDispatchService/ListDispatch', video, { room })),
        unlessGone(ask(link, 'RoomService/ListParticipants', video, { room })),
      ]);
      if (!dispatches || !participants) return recordOf(null);
      return recordOf({
        room: found,
        jobs: listOf(dispatches, 'agent_dispatches').flatMap(({ state }) =>
          isObject(state) ? listOf(state, 'jobs') : [],
        ),
        participants: listOf(participants, 'participants'),
        isVisitor: (identity) => identity.startsWith(VISITOR),
      });
    },
  };
}

const VISITOR = 'visitor_';

/**
 * Returns the visitor's grant: a microphone, messages and remote procedure calls. The visitor can publish nothing else, and
 * change nobody else's data.
 */
function visitorGrant(room: string): VideoGrant {
  return {
    room,
    roomJoin: true,
    canPublish: true,
    canPublishSources: ['microphone'],
    canPublishData: true,
    canSubscribe: true,
  };
}

/** Returns the record. Throws `call_not_found` while nothing is known yet: the widget then asks again. */
function recordOf(facts: RoomFacts | null): CallFacts {
  const record = readCallOfRoom(facts, Date.now());
  if (record === null) throw new RelayError('call_not_found');
  return record;
}

function readServerUrl(url: string): { socketUrl: string; httpUrl: string } {
  const isAddress = typeof url === 'string' && /^(?:wss?|https?):\/\//i.test(url) && URL.canParse(url);
  if (!isAddress || /[?#]/.test(url))
    throw new TypeError(`The url of LiveKit must be a ws(s) address: ${JSON.stringify(url)}`);
  const base = url.replace(/\/+$/, '');
  return { socketUrl: base.replace(/^http/i, 'ws'), httpUrl: base.replace(/^ws/i, 'http') };
}

function readSeconds(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new TypeError(`${name} must be a positive whole number`);
}

function readRefusal(status: number, body: unknown): Refusal {
  const code = isObject(body) && typeof body.code === 'string' ? TWIRP_ERRORS[body.code] : undefined;
  if (code) return { code };
  return status === 401 || status === 403 || status === 429 ? {} : { code: 'upstream_error' };
}

/** Resolves with `null` for a 404: a room may close between two requests. */
async function unlessGone(answer: Promise<JsonObject>): Promise<JsonObject | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RelayError && error.upstreamStatus === 404) return null;
    throw error;
  }
}

function listOf(fields: JsonObject, name: string): JsonObject[] {
  const list = fields[name];
  return Array.isArray(list) ? list.filter(isObject) : [];
}
