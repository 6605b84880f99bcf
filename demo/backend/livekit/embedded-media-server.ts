import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { withCors } from '../http/cors.js';
import { HttpError } from '../http/http-error.js';
import type { MediaServer, OpenedRoom, RoomRequest } from '../media/media-server.js';
import type { Timings } from '../timings.js';
import { EmbeddedRoom } from './embedded-room.js';
import { newCallerIdentity } from './participants.js';
import { readJoinRequest } from './join-request.js';
import { participantGrant, signToken, type TokenSecret, verifyToken } from './token.js';

const signalPath = '/rtc/v1';
/** livekit-client reads this sentence, and does not try the paths of older servers then. */
const roomMissing = 'requested room does not exist';
const mostRooms = 64;
const largestMessageBytes = 256 * 1024;

type Admission = { room: EmbeddedRoom } | { status: 401 | 404; message: string };

/** LiveKit-compatible rooms inside this process: an unmodified livekit-client joins them. */
export class EmbeddedMediaServer implements MediaServer {
  readonly #secret: TokenSecret = { apiKey: 'local', secret: randomBytes(32).toString('hex') };
  readonly #rooms = new Map<string, EmbeddedRoom>();
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessageBytes });

  constructor(private readonly timings: Timings) {}

  async openRoom({ callId, request, listener }: RoomRequest): Promise<OpenedRoom> {
    if (this.#rooms.size >= mostRooms) {
      throw new HttpError(503, 'at_capacity', 'The local backend carries no more calls at once.');
    }
    const identity = newCallerIdentity();
    const forget = (): void => void this.#rooms.delete(callId);
    const room = new EmbeddedRoom(callId, identity, listener, this.timings, forget);
    this.#rooms.set(callId, room);
    return {
      channel: room.agent,
      faults: room,
      access: {
        roomName: callId,
        serverUrl: signalOrigin(request),
        participantToken: signToken({ identity, video: participantGrant(callId) }, this.#secret),
      },
    };
  }

  /** Asked by livekit-client after a refused websocket, whose reason a browser does not show. */
  validate(request: Request): Response {
    const { searchParams } = new URL(request.url);
    const admission = this.#admit(
      searchParams.get('access_token') ?? bearer(request.headers.get('authorization')),
    );
    if ('room' in admission) return withCors(new Response('success'));
    return withCors(new Response(admission.message, { status: admission.status }));
  }

  handles(pathname: string): boolean {
    return pathname === `${signalPath}/validate`;
  }

  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const url = new URL(`http://localhost${incoming.url ?? '/'}`);
    if (url.pathname !== signalPath) return refuse(socket, 404, 'not found');
    const token = url.searchParams.get('access_token') ?? bearer(incoming.headers.authorization);
    const admission = this.#admit(token);
    if (!('room' in admission)) return refuse(socket, admission.status, admission.message);
    try {
      const joinRequest = readJoinRequest(url.searchParams.get('join_request'));
      this.#sockets.handleUpgrade(incoming, socket, head, (webSocket) => {
        webSocket.on('error', () => webSocket.terminate());
        admission.room.enter(webSocket, joinRequest);
      });
    } catch {
      refuse(socket, 400, 'join_request cannot be read');
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#rooms.values()].map((room) => room.close()));
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
  }

  #admit(token: string | undefined): Admission {
    const claims = token === undefined ? undefined : verifyToken(token, this.#secret);
    if (!claims) return { status: 401, message: 'invalid token' };
    const room = this.#rooms.get(claims.room);
    return room ? { room } : { status: 404, message: roomMissing };
  }
}

function bearer(header: string | null | undefined): string | undefined {
  return header?.startsWith('Bearer ') ? header.slice('Bearer '.length) : undefined;
}

function refuse(socket: Duplex, status: number, message: string): void {
  socket.end(`HTTP/1.1 ${status} ${message}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function signalOrigin(request: Request): string {
  const isSecure = request.headers.get('x-forwarded-proto') === 'https';
  return `${isSecure ? 'wss' : 'ws'}://${new URL(request.url).host}`;
}
