import {
  type AddTrackRequest,
  DisconnectReason,
  type JoinRequest,
  LeaveRequest,
  LeaveRequest_Action,
  MediaSectionsRequirement,
  ParticipantUpdate,
  Pong,
  ReconnectResponse,
  type Room,
  SessionDescription,
  SignalRequest,
  SignalResponse,
  type TrackInfo,
  TrackPublishedResponse,
  TrackSubscribed,
} from '@livekit/protocol';
import type { RawData, WebSocket } from 'ws';
import type { PeerListener } from '../media/media-peer.js';
import { joinResponse } from './join-response.js';
import { newSid } from './new-sid.js';
import { type AgentParticipant, audioTrack, callerInfo } from './participants.js';
import { Peer } from './peer.js';

/** https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 */
const NORMAL_CLOSURE = 1000;
const GOING_AWAY = 1001;

export interface SessionListener extends PeerListener {
  /** The caller said goodbye. */
  onLeave(): void;
  /** The websocket is gone, broken by the network or closed by the page; the caller may come back with another. */
  onSocketLost(isClosedByPage: boolean): void;
}

/** One caller's signalling: LiveKit's websocket protocol, as far as a call with one agent needs it. */
export class CallerSession {
  readonly sid = newSid('PA_');
  readonly #peer: Peer;
  readonly #tracks = new Map<string, TrackInfo>();
  readonly #subscribed = new Set<string>();
  #socket: WebSocket | undefined;
  /** Requests are handled strictly in order: a candidate that overtakes its offer is lost, and the sound with it. */
  #order: Promise<void> = Promise.resolve();
  #agentIsAnswered = false;
  #closed = false;
  /** Sent away to come back: the goodbye to this session is none to the call. */
  #comesBack = false;

  constructor(
    readonly identity: string,
    private readonly room: Room,
    private readonly agent: AgentParticipant,
    private readonly listener: SessionListener,
  ) {
    this.#peer = new Peer(listener);
  }

  get peer(): Peer {
    return this.#peer;
  }

  /** Media runs, and the client knows of the agent's track. */
  get hearsAgent(): boolean {
    return this.#peer.isReady && this.#agentIsAnswered;
  }

  /** The track that a transcript of the caller's words belongs to. */
  get microphoneSid(): string | undefined {
    return this.#tracks.keys().next().value;
  }

  get microphoneMuted(): boolean | undefined {
    return this.#tracks.values().next().value?.muted;
  }

  start(socket: WebSocket, request: JoinRequest): void {
    this.#attach(socket);
    this.#inOrder(async () => {
      const caller = callerInfo(this.identity, this.sid, [...this.#tracks.values()]);
      this.#send({ case: 'join', value: joinResponse(this.room, caller, this.agent) });
      if (request.publisherOffer) await this.#answer(request.publisherOffer);
    });
  }

  /** Takes a new websocket for the same media connection. */
  resume(socket: WebSocket): void {
    const former = this.#socket;
    this.#attach(socket);
    former?.terminate();
    this.#send({ case: 'reconnect', value: new ReconnectResponse() });
    this.showAgent();
  }

  /** Tells the client how the agent is now: present or gone, with its state and track. */
  showAgent(): void {
    this.#send({ case: 'update', value: new ParticipantUpdate({ participants: [this.agent.info()] }) });
    this.#noteSubscribed();
  }

  /** Asks the client for a new offer, whose answer brings the agent's track. */
  requestOffer(): void {
    this.#send({ case: 'mediaSectionsRequirement', value: new MediaSectionsRequirement() });
  }

  send(message: SignalResponse['message']): void {
    this.#send(message);
  }

  /** Sends the caller away, for good or for one more try with a new session. */
  dismiss(action: LeaveRequest_Action): void {
    this.#comesBack = action === LeaveRequest_Action.RECONNECT;
    const reason =
      action === LeaveRequest_Action.DISCONNECT
        ? DisconnectReason.ROOM_DELETED
        : DisconnectReason.STATE_MISMATCH;
    this.#send({ case: 'leave', value: new LeaveRequest({ reason, action }) });
  }

  /** The network takes the websocket away, without a goodbye. */
  dropSocket(): void {
    this.#socket?.terminate();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket?.close();
    await this.#peer.close();
  }

  #attach(socket: WebSocket): void {
    this.#socket = socket;
    socket.on('message', (data) => this.#inOrder(() => this.#handle(readRequest(data))));
    socket.on('close', (code) => {
      const isClosedByPage = code === NORMAL_CLOSURE || code === GOING_AWAY;
      if (this.#socket === socket && !this.#closed) this.listener.onSocketLost(isClosedByPage);
    });
  }

  #inOrder(work: () => Promise<void>): void {
    this.#order = this.#order.then(work).catch((error: unknown) => {
      if (this.#closed) return;
      console.error('signalling failed', error);
      this.#socket?.terminate();
    });
  }

  async #handle({ message }: SignalRequest): Promise<void> {
    if (this.#closed) return;
    switch (message.case) {
      case 'offer':
        return this.#answer(message.value);
      case 'trickle':
        return this.#peer.addCandidate(message.value.candidateInit);
      case 'addTrack':
        return this.#publish(message.value);
      case 'mute': {
        const track = this.#tracks.get(message.value.sid);
        if (track) track.muted = message.value.muted;
        return;
      }
      case 'ping':
        return this.#send({ case: 'pong', value: BigInt(Date.now()) });
      case 'pingReq': {
        const { timestamp } = message.value;
        const pong = new Pong({ lastPingTimestamp: timestamp, timestamp: BigInt(Date.now()) });
        return this.#send({ case: 'pongResp', value: pong });
      }
      case 'leave':
        return this.#comesBack ? undefined : this.listener.onLeave();
      default:
      // Subscriptions, simulcast layers, sync state: nothing to choose with one agent and one track.
    }
  }

  async #answer(offer: SessionDescription): Promise<void> {
    const agentTrack = this.agent.msid;
    const { sdp, agentMid } = await this.#peer.answer(offer.sdp, agentTrack);
    if (this.#closed) return;
    const isAgentShown = agentTrack !== undefined && agentMid !== undefined;
    const midToTrackId = isAgentShown ? { [agentMid]: this.agent.trackSid } : {};
    this.#send({
      case: 'answer',
      value: new SessionDescription({ type: 'answer', sdp, id: offer.id, midToTrackId }),
    });
    // Clients before 2.18 offer no spare sections by themselves.
    if (agentMid === undefined) {
      this.#send({ case: 'mediaSectionsRequirement', value: new MediaSectionsRequirement({ numAudios: 1 }) });
      return;
    }
    this.#agentIsAnswered = isAgentShown;
    if (this.hearsAgent) this.listener.onReady();
  }

  #publish({ cid, name, muted, source, disableDtx, audioFeatures }: AddTrackRequest): void {
    const track = audioTrack(newSid('TR_'), name);
    Object.assign(track, { muted, source, disableDtx, audioFeatures });
    this.#tracks.set(track.sid, track);
    this.#send({ case: 'trackPublished', value: new TrackPublishedResponse({ cid, track }) });
    this.#noteSubscribed();
  }

  /** An agent that is there hears the caller. */
  #noteSubscribed(): void {
    if (!this.agent.isPresent) return;
    for (const trackSid of this.#tracks.keys()) {
      if (this.#subscribed.has(trackSid)) continue;
      this.#subscribed.add(trackSid);
      this.#send({ case: 'trackSubscribed', value: new TrackSubscribed({ trackSid }) });
    }
  }

  #send(message: SignalResponse['message']): void {
    const socket = this.#socket;
    if (socket?.readyState === socket?.OPEN) socket?.send(new SignalResponse({ message }).toBinary());
  }
}

function readRequest(data: RawData): SignalRequest {
  return SignalRequest.fromBinary(Array.isArray(data) ? Buffer.concat(data) : new Uint8Array(data as Buffer));
}
