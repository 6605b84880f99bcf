import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { parseJson, parseWith } from '../api/schemas.js';
import { preflightResponse, withCors } from '../http/cors.js';
import { HttpError } from '../http/http-error.js';
import { readBody } from '../http/read-body.js';
import { newCallerIdentity } from '../livekit/participants.js';
import type { MediaServer, OpenedRoom, RoomRequest } from '../media/media-server.js';
import type { Timings } from '../timings.js';
import { WebRtcRoom } from './webrtc-room.js';

const path = /^\/webrtc\/([^/]+)(?:\/([^/]+))?$/;
const mostRooms = 64;
const cors = { allowHeaders: 'authorization, content-type', exposeHeaders: 'location' };

const offerBody = z.object({ type: z.literal('offer'), sdp: z.string().min(1) });

/**
 * Calls by plain WebRTC, over HTTP alone, as `WHIP` has it:
 *
 * POST   /webrtc/:callId             `{sdp, type: 'offer'}` → 201 `{sdp, type: 'answer'}`, `Location` is the session
 * PATCH  /webrtc/:callId/:sessionId  the same, to restart ICE → 200 `{sdp, type: 'answer'}`
 * DELETE /webrtc/:callId/:sessionId  leaves
 *
 * Each with `Authorization: Bearer TOKEN`. All candidates are in the two descriptions.
 */
export class WebRtcMediaServer implements MediaServer {
  readonly #rooms = new Map<string, WebRtcRoom>();

  constructor(private readonly timings: Timings) {}

  async openRoom({ callId, request, listener }: RoomRequest): Promise<OpenedRoom> {
    if (this.#rooms.size >= mostRooms) {
      throw new HttpError(503, 'at_capacity', 'The local backend carries no more calls at once.');
    }
    const forget = (): void => void this.#rooms.delete(callId);
    const room = new WebRtcRoom(newCallerIdentity(), listener, this.timings, forget);
    this.#rooms.set(callId, room);
    const url = `${originOf(request)}/webrtc/${callId}`;
    return {
      channel: room.agent,
      faults: room,
      access: { transport: 'webrtc', url, token: room.token, iceServers: [] },
    };
  }

  handles(pathname: string): boolean {
    return path.test(pathname);
  }

  async handle(request: Request): Promise<Response> {
    if (request.method === 'OPTIONS') return preflightResponse(cors);
    try {
      return withCors(await this.#answer(request), cors);
    } catch (error) {
      if (error instanceof HttpError) return withCors(error.toResponse(), cors);
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#rooms.values()].map((room) => room.close()));
  }

  async #answer(request: Request): Promise<Response> {
    const [, callId = '', sessionId] = path.exec(new URL(request.url).pathname) ?? [];
    const room = this.#rooms.get(callId);
    if (!room) throw new HttpError(404, 'call_not_found', 'There is no call of this id any more.');
    if (!isBearer(request, room.token)) throw new HttpError(401, 'unauthorized', 'The token is not good.');
    if (request.method === 'POST' && sessionId === undefined) return enter(room, callId, request);
    if (request.method === 'PATCH' && sessionId !== undefined) return restart(room, sessionId, request);
    if (request.method !== 'DELETE' || sessionId === undefined)
      throw new HttpError(405, 'method_not_allowed', `${request.method} is not for this path.`);
    if (!room.leave(sessionId)) throw new HttpError(404, 'session_not_found', 'This session is over.');
    return new Response(null, { status: 204 });
  }
}

async function restart(room: WebRtcRoom, sessionId: string, request: Request): Promise<Response> {
  if (!room.has(sessionId)) throw new HttpError(404, 'session_not_found', 'This session is over.');
  const { sdp: offer } = parseWith(offerBody, parseJson(await readBody(request)));
  const answer = await room.renegotiate(offer).catch(refuseOffer);
  return Response.json({ sdp: answer, type: 'answer' });
}

async function enter(room: WebRtcRoom, callId: string, request: Request): Promise<Response> {
  const { sdp: offer } = parseWith(offerBody, parseJson(await readBody(request)));
  const { sessionId, answer } = await room.enter(offer).catch(refuseOffer);
  return Response.json(
    { sdp: answer, type: 'answer' },
    { status: 201, headers: { location: `/webrtc/${callId}/${sessionId}` } },
  );
}

/** As `.catch` wants it. */
export function refuseOffer(error: unknown): never {
  console.warn('an offer cannot be read', error);
  throw new HttpError(400, 'validation_failed', 'The offer cannot be read.');
}

export function isBearer(request: Request, token: string): boolean {
  const given = Buffer.from(request.headers.get('authorization') ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export function originOf(request: Request): string {
  const isSecure = request.headers.get('x-forwarded-proto') === 'https';
  return `${isSecure ? 'https' : 'http'}://${new URL(request.url).host}`;
}
