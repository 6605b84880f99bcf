import { type JoinRequest, LeaveRequest, LeaveRequest_Action, Room, SignalResponse } from '@livekit/protocol';
import type { WebSocket } from 'ws';
import type { AgentListener } from '../agent/agent-channel.js';
import { TimerSet } from '../timer-set.js';
import type { Timings } from '../timings.js';
import { CallerSession, type SessionListener } from './caller-session.js';
import { EmbeddedAgent } from './embedded-agent.js';
import { newSid } from './new-sid.js';
import { AgentParticipant } from './participants.js';

/** A room for one caller and one agent, inside this process. */
export class EmbeddedRoom implements SessionListener {
  readonly agent: EmbeddedAgent;
  readonly #participant = new AgentParticipant();
  readonly #room: Room;
  readonly #timers = new TimerSet();
  #session: CallerSession | undefined;
  #cancelAbsence = (): void => {};
  #closing: Promise<void> | undefined;

  constructor(
    name: string,
    readonly callerIdentity: string,
    private readonly listener: AgentListener,
    private readonly timings: Timings,
    private readonly onClosed: () => void,
  ) {
    this.#room = new Room({ sid: newSid('RM_'), name });
    const session = (): CallerSession | undefined => this.#session;
    this.agent = new EmbeddedAgent(
      callerIdentity,
      { room: this.#room, participant: this.#participant },
      listener,
      session,
      () => this.close(),
    );
  }

  /** The caller's websocket is here: for the first time, again after a lost one, or to start anew. */
  enter(socket: WebSocket, request: JoinRequest): void {
    if (this.#closing) socket.close();
    else if (request.reconnect) this.#resume(socket, request.participantSid);
    else this.#start(socket, request);
  }

  dropSocket(): void {
    this.#session?.dropSocket();
  }

  restartSession(): void {
    this.#session?.dismiss(LeaveRequest_Action.RECONNECT);
  }

  get callerMuted(): boolean | undefined {
    return this.#session?.microphoneMuted;
  }

  cutMedia(cutMs: number): void {
    this.#session?.peer.cutMedia(cutMs);
  }

  /** Everybody out. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  onReady(): void {
    if (!this.#session?.peer.isReady) return;
    this.listener.onCallerConnected();
    if (this.#session.hearsAgent) this.agent.noteHeard();
  }

  onAudio(payload: Buffer, timestamp: number, levelDb: number): void {
    this.agent.hearAudio(payload, timestamp, levelDb);
  }

  onData(bytes: Uint8Array): void {
    this.agent.hearData(bytes);
  }

  onLeave(): void {
    this.listener.onCallerLeft('left');
  }

  onSocketLost(isClosedByPage: boolean): void {
    this.#awaitReturn(isClosedByPage ? this.timings.pageReturnMs : this.timings.callerGraceMs);
  }

  /** The network between is gone: only a new session can help. */
  onLost(): void {
    this.#session?.dismiss(LeaveRequest_Action.RECONNECT);
    this.#awaitReturn(this.timings.callerGraceMs);
  }

  #start(socket: WebSocket, request: JoinRequest): void {
    this.#cancelAbsence();
    void this.#session?.close();
    const session = new CallerSession(this.callerIdentity, this.#room, this.#participant, this);
    this.#session = session;
    this.listener.onCallerJoined();
    session.start(socket, request);
    // werift never gives up on a client that does not connect.
    this.#timers.after(this.timings.mediaWindowMs, () => {
      if (this.#session === session && !session.peer.isReady) this.listener.onCallerLeft('media-lost');
    });
  }

  #resume(socket: WebSocket, participantSid: string): void {
    if (this.#session?.sid !== participantSid) {
      const leave = new LeaveRequest({ action: LeaveRequest_Action.RECONNECT });
      socket.send(new SignalResponse({ message: { case: 'leave', value: leave } }).toBinary());
      socket.close();
      return;
    }
    this.#cancelAbsence();
    this.#session.resume(socket);
  }

  #awaitReturn(graceMs: number): void {
    this.#cancelAbsence();
    this.#cancelAbsence = this.#timers.after(graceMs, () => this.listener.onCallerLeft('media-lost'));
  }

  async #close(): Promise<void> {
    this.#timers.clear();
    this.agent.close();
    this.#session?.dismiss(LeaveRequest_Action.DISCONNECT);
    await this.#session?.close();
    this.onClosed();
  }
}
