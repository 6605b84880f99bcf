import type { LeftHow, TransportEvent } from '../transport.js';

/** What a room reports of one remote participant. */
export interface RoomMember {
  identity: string;
  /** The participant's own name; empty where it has none. */
  name: string;
  /** The server marks the participant as an agent. */
  isAgent: boolean;
  /** The participant calls by telephone: a person, with or without sound. */
  isPhone: boolean;
  /** The participant records, or watches unseen: never an agent or a person to talk to. */
  isRecorder: boolean;
  /** The identity of the participant whose face and voice this one (an avatar's worker) shows; else `null`. */
  onBehalfOf: string | null;
  /** The participant has published sound, muted or not. */
  hasAudio: boolean;
}

/** What a participant is to the visitor. */
export type RoomRole = 'agent' | 'person' | null;

type Party = 'agent' | 'person' | 'nobody';

/**
 * Decides what each participant of a room is. An agent is a participant that the server marks as one; where it never marked one
 * (bots that join as ordinary participants), the first participant with sound. All others with sound are persons. Recorders have
 * no role, and a worker that shows an avatar is part of its agent.
 */
export class RoomCast {
  readonly #emit: (event: TransportEvent) => void;
  readonly #members = new Map<string, RoomMember>();
  /** Participants who have left: their last messages may come later. */
  readonly #left = new Map<string, { role: RoomRole; name: string }>();
  #hasSeenAgent = false;
  /** The identity of the agent where the server marks none. */
  #plainAgent: string | null = null;
  #party: Party = 'nobody';
  /** The identity of the person that the visitor was told of. */
  #person: string | null = null;

  constructor(emit: (event: TransportEvent) => void) {
    this.#emit = emit;
  }

  /** Adds a participant, or updates one. */
  put(member: RoomMember): void {
    this.#members.set(member.identity, member);
    this.#hasSeenAgent ||= isCalledAgent(member);
    this.#settle();
  }

  remove(identity: string, how?: LeftHow): void {
    const member = this.#members.get(identity);
    if (!member) return;
    this.#left.set(identity, { role: this.roleOf(identity), name: member.name });
    this.#members.delete(identity);
    if (this.#plainAgent === identity) this.#plainAgent = null;
    this.#settle(how);
  }

  roleOf(identity: string): RoomRole {
    const member = this.#members.get(identity);
    if (!member) return this.#left.get(identity)?.role ?? null;
    if (member.onBehalfOf !== null) return this.roleOf(member.onBehalfOf);
    if (this.#isAgent(member)) return 'agent';
    return isPerson(member) ? 'person' : null;
  }

  /** Whether the role of this identity is decided. A participant without sound so far may still get one. */
  isKnown(identity: string): boolean {
    const isNobody = this.#members.get(identity)?.isRecorder ?? this.#left.has(identity);
    return isNobody || this.roleOf(identity) !== null;
  }

  nameOf(identity: string): string {
    return this.#members.get(identity)?.name ?? this.#left.get(identity)?.name ?? '';
  }

  /** The identities of the agents, in the order in which they came. */
  get agents(): string[] {
    return [...this.#members.values()].flatMap((member) => (this.#isAgent(member) ? [member.identity] : []));
  }

  /** The identity that typed text is for; `null` when nobody is there. */
  get party(): string | null {
    return this.agents.at(-1) ?? (this.#party === 'person' ? this.#person : null);
  }

  #isAgent(member: RoomMember): boolean {
    return this.#hasSeenAgent ? isCalledAgent(member) : member.identity === this.#plainAgent;
  }

  #settle(how?: LeftHow): void {
    const persons = [...this.#members.values()].filter(
      (member) => isPerson(member) && !isCalledAgent(member),
    );
    if (this.#hasSeenAgent) this.#plainAgent = null;
    // A person who is there as the agent leaves is the one that the call was handed to, not another agent.
    else if (this.#plainAgent === null && this.#party === 'nobody')
      this.#plainAgent = persons.find(({ isPhone }) => !isPhone)?.identity ?? null;
    const [agent] = this.agents;
    const person = persons.find(({ identity }) => identity === this.#person) ?? persons[0];
    if (agent !== undefined) return this.#be('agent');
    if (person) return this.#handOver(person);
    this.#be('nobody', how);
  }

  #be(party: 'agent' | 'nobody', how?: LeftHow): void {
    if (party === this.#party) return;
    this.#party = party;
    this.#person = null;
    this.#emit(party === 'agent' ? { type: 'agent-joined' } : { type: 'agent-left', how });
  }

  #handOver({ identity, name }: RoomMember): void {
    const isKnown = this.#party === 'person' && this.#person === identity;
    this.#party = 'person';
    this.#person = identity;
    if (!isKnown) this.#emit({ type: 'handed-over', name });
  }
}

function isCalledAgent({ isAgent, onBehalfOf, isRecorder }: RoomMember): boolean {
  return isAgent && onBehalfOf === null && !isRecorder;
}

function isPerson({ hasAudio, isRecorder, onBehalfOf }: RoomMember): boolean {
  return hasAudio && !isRecorder && onBehalfOf === null;
}
