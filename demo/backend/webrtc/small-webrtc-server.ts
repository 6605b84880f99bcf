import { z } from 'zod';
import { parseJson, parseWith } from '../api/schemas.js';
import { preflightResponse, withCors } from '../http/cors.js';
import { HttpError } from '../http/http-error.js';
import { readBody } from '../http/read-body.js';
import { newCallerIdentity } from '../livekit/participants.js';
import type { MediaServer, OpenedRoom, RoomRequest } from '../media/media-server.js';
import type { Timings } from '../timings.js';
import { SmallWebRtcRoom } from './small-webrtc-room.js';
import { isBearer, originOf, refuseOffer } from './webrtc-media-server.js';

const path = /^\/sessions\/([^/]+)\/api\/offer$/;
const mostRooms = 64;
const cors = { allowHeaders: 'authorization, content-type', exposeHeaders: 'content-type' };

const offerBody = z.object({
  type: z.literal('offer'),
  sdp: z.string().min(1),
  pc_id: z.string().nullish(),
  restart_pc: z.boolean().nullish(),
  requestData: z.object({ callId: z.string() }),
});

const patchBody = z.object({
  pc_id: z.string(),
  candidates: z.array(
    z.object({ candidate: z.string(), sdp_mid: z.string(), sdp_mline_index: z.number().int() }),
  ),
});

/**
 * Calls by SmallWebRTC, as Pipecat's runner has it, of one connection at a time:
 *
 * POST  /sessions/:callId/api/offer  `{sdp, type, pc_id, restart_pc, requestData}` → 200 `{sdp, type, pc_id}`
 * PATCH /sessions/:callId/api/offer  `{pc_id, candidates}`
 *
 * There is no way to leave but to go. Every agent speaks RTVI here.
 */
export class SmallWebRtcServer implements MediaServer {
  readonly #rooms = new Map<string, SmallWebRtcRoom>();

  constructor(private readonly timings: Timings) {}

  async openRoom({ callId, request, listener }: RoomRequest): Promise<OpenedRoom> {
    if (this.#rooms.size >= mostRooms) {
      throw new HttpError(503, 'at_capacity', 'The local backend carries no more calls at once.');
    }
    const forget = (): void => void this.#rooms.delete(callId);
    const room = new SmallWebRtcRoom(newCallerIdentity(), listener, this.timings, forget);
    this.#rooms.set(callId, room);
    const webrtcRequestParams = {
      endpoint: `${originOf(request)}/sessions/${callId}/api/offer`,
      headers: { Authorization: `Bearer ${room.token}` },
      requestData: { callId },
    };
    return {
      channel: room.agent,
      faults: room,
      dialect: 'rtvi',
      access: { webrtcRequestParams, iceConfig: { iceServers: [] } },
    };
  }

  handles(pathname: string): boolean {
    return path.test(pathname);
  }

  async handle(request: Request): Promise<Response> {
    if (request.method === 'OPTIONS') return preflightResponse(cors);
    try {
      return withCors(Response.json(await this.#answer(request)), cors);
    } catch (error) {
      if (error instanceof HttpError) return withCors(error.toResponse(), cors);
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#rooms.values()].map((room) => room.close()));
  }

  async #answer(request: Request): Promise<object> {
    const [, callId = ''] = path.exec(new URL(request.url).pathname) ?? [];
    const room = this.#rooms.get(callId);
    if (!room) throw new HttpError(404, 'session_not_found', 'Invalid or not-yet-ready session_id');
    if (!isBearer(request, room.token)) throw new HttpError(401, 'unauthorized', 'The token is not good.');
    const body = parseJson(await readBody(request));
    if (request.method === 'PATCH') return addCandidates(room, parseWith(patchBody, body));
    if (request.method === 'POST') return negotiate(room, parseWith(offerBody, body));
    throw new HttpError(405, 'method_not_allowed', `${request.method} is not for this path.`);
  }
}

async function addCandidates(
  room: SmallWebRtcRoom,
  { pc_id: pcId, candidates }: z.infer<typeof patchBody>,
): Promise<object> {
  if (!room.knows(pcId)) throw new HttpError(404, 'not_found', 'Peer connection not found');
  for (const { candidate, sdp_mid: mid, sdp_mline_index: index } of candidates)
    await room.addCandidate(candidate, mid, index);
  return { status: 'success' };
}

async function negotiate(room: SmallWebRtcRoom, body: z.infer<typeof offerBody>): Promise<object> {
  const { sdp: offer, pc_id: pcId, restart_pc: restartPc } = body;
  const hasConnection = room.pcId !== undefined;
  if (hasConnection && !room.knows(pcId ?? ''))
    throw new HttpError(400, 'validation_failed', 'PC ID mismatch with existing connection');
  const isNew = !hasConnection || restartPc === true;
  // Before there is an answer, so that a page must not take this for the end.
  if (isNew) await room.dropPeer();
  const sdp = await (isNew ? room.enterAnew(offer) : room.renegotiate(offer)).catch(refuseOffer);
  return { sdp, type: 'answer', pc_id: room.pcId };
}
