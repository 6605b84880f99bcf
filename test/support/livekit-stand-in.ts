import { createHmac } from 'node:crypto';
import {
  startStandIn,
  type ReceivedRequest,
  type StandInAnswer,
  type StandInServer,
} from './stand-in-server.js';

export const LIVEKIT_KEY = 'APIxyz0123456789';
export const LIVEKIT_SECRET = 'a-secret-of-the-site-that-no-page-gets';

type Fields = Record<string, unknown>;

export interface StandInRoom {
  name: string;
  createdMs: number;
  settings: Fields;
  /** What `ListParticipants` says. */
  participants: Fields[];
  /** What `ListDispatch` says of the worker's jobs. */
  jobs: Fields[];
}

export interface LivekitStandIn extends StandInServer {
  rooms: Map<string, StandInRoom>;
  /** The next request is answered so. */
  answerNext(answer: StandInAnswer): void;
}

class TwirpError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    msg: string,
  ) {
    super(msg);
  }
}

const PATH = '/twirp/livekit.';

/** What each method takes, and the grant that it needs. */
const METHODS: Record<string, { fields: readonly string[]; grant: 'roomCreate' | 'roomList' | 'roomAdmin' }> =
  {
    'RoomService/CreateRoom': {
      fields: ['name', 'empty_timeout', 'departure_timeout', 'agents'],
      grant: 'roomCreate',
    },
    'RoomService/ListRooms': { fields: ['names'], grant: 'roomList' },
    'RoomService/ListParticipants': { fields: ['room'], grant: 'roomAdmin' },
    'AgentDispatchService/ListDispatch': { fields: ['room', 'dispatch_id'], grant: 'roomAdmin' },
  };

/**
 * The server API of LiveKit as livekit-server 1.13.5 answers it (Twirp: `POST /twirp/livekit.Service/Method`), and strict: a token that is
 * not signed, too old, or without the method's grant, and a field that the method does not know, are its errors.
 */
export async function startLivekitStandIn(): Promise<LivekitStandIn> {
  const rooms = new Map<string, StandInRoom>();
  const given: StandInAnswer[] = [];

  const roomOf = ({ body }: ReceivedRequest): StandInRoom => {
    const room = rooms.get(String(body?.room));
    if (!room) throw new TwirpError(404, 'not_found', 'requested room does not exist');
    return room;
  };

  const methods: Record<string, (request: ReceivedRequest) => Fields> = {
    'RoomService/CreateRoom': ({ body: { name, ...settings } = {} }) => {
      if (typeof name !== 'string' || name === '') throw new TwirpError(400, 'invalid_argument', 'no name');
      const room = { name, createdMs: Date.now(), settings, participants: [], jobs: [] };
      rooms.set(name, room);
      return roomData(room);
    },
    'RoomService/ListRooms': ({ body }) => ({
      rooms: ((body?.names ?? []) as string[]).flatMap((name) => {
        const room = rooms.get(name);
        return room ? [roomData(room)] : [];
      }),
    }),
    'RoomService/ListParticipants': (request) => ({ participants: roomOf(request).participants }),
    'AgentDispatchService/ListDispatch': (request) => {
      const { name, jobs, settings } = roomOf(request);
      const [agent] = settings.agents as Fields[];
      return { agent_dispatches: [{ id: 'AD_1', room: name, ...agent, state: { jobs } }] };
    },
  };

  function answer(request: ReceivedRequest): StandInAnswer {
    const next = given.shift();
    if (next) return next;
    try {
      const method = request.path.startsWith(PATH) ? request.path.slice(PATH.length) : '';
      const run = methods[method];
      const rules = METHODS[method];
      if (request.method !== 'POST' || !run || !rules)
        throw new TwirpError(404, 'bad_route', 'no handler for path');
      const unknown = Object.keys(request.body ?? {}).find((name) => !rules.fields.includes(name));
      if (unknown) throw new TwirpError(400, 'malformed', `unknown field ${unknown}`);
      const { video } = readLivekitToken((request.headers.authorization ?? '').replace(/^Bearer /, ''));
      const isGranted = video[rules.grant] === true;
      const isForRoom = rules.grant !== 'roomAdmin' || video.room === request.body?.room;
      if (!isGranted || !isForRoom) throw new TwirpError(401, 'unauthenticated', 'permissions denied');
      return { status: 200, body: run(request) };
    } catch (error) {
      if (!(error instanceof TwirpError)) throw error;
      return { status: error.status, body: { code: error.code, msg: error.message } };
    }
  }

  const server = await startStandIn(answer);
  return { ...server, rooms, answerNext: (next) => given.push(next) };
}

/** The claims of a token that this server would take. */
export function readLivekitToken(token: string): { sub: string; exp: number; video: Fields } & Fields {
  const [head = '', payload = '', signature] = token.split('.');
  const expected = createHmac('sha256', LIVEKIT_SECRET).update(`${head}.${payload}`).digest('base64url');
  if (signature !== expected) throw new TwirpError(401, 'unauthenticated', 'invalid token');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const seconds = Date.now() / 1000;
  if (claims.iss !== LIVEKIT_KEY || claims.exp < seconds || claims.nbf > seconds)
    throw new TwirpError(401, 'unauthenticated', 'invalid token');
  return claims;
}

/** Its numbers of 64 bits are texts. */
function roomData({ name, createdMs, participants }: StandInRoom): Fields {
  return {
    sid: 'RM_1',
    name,
    creation_time: String(Math.floor(createdMs / 1000)),
    creation_time_ms: String(createdMs),
    num_participants: participants.length,
  };
}
