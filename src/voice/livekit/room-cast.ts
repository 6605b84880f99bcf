import type { LeftHow, TransportEvent } from '../transport.js';

/** What a room says of one of the others in it. */
export interface RoomMember {
  identity: string;
  /** As they call themselves; empty where they do not. */
  name: string;
  /** The server says that it is an agent. */
  isAgent: boolean;
  /** By telephone: a person, whatever their sound. */
  isPhone: boolean;
  /** Records, or watches unseen: never somebody to talk to. */
  isRecorder: boolean;
  /** Shows the face and the voice of another one (an avatar's worker): this one's identity. */
  onBehalfOf: string | null;
  /** Has published sound, muted or not. */
  hasAudio: boolean;
}

/** Who somebody in the room is to the visitor. */
export type RoomRole = 'agent' | 'person' | null;

type Party = 'agent' | 'person' | 'nobody';

/**
 * Knows who is who in a room. The agent is what the server calls one; where it never called anybody so (bots that join as
 * ordinary participants), the first with sound. Everybody else with sound is a person. Recorders are nobody, and a worker
 * that shows an avatar is part of its agent.
 */
export class RoomCast {
  readonly #emit: (event: TransportEvent) => void;
  readonly #members = new Map<string, RoomMember>();
  /** The last words of who has left are still theirs. */
  readonly #left = new Map<string, { role: RoomRole; name: string }>();
  #hasSeenAgent = false;
  /** Who is the agent where the server calls nobody so. */
  #plainAgent: string | null = null;
  #party: Party = 'nobody';
  /** Whom the visitor was told of. */
  #person: string | null = null;

  constructor(emit: (event: TransportEvent) => void) {
    this.#emit = emit;
  }

  /** Somebody has come, or something about them has changed. */
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

  /** Everybody is out, since the visitor is: who is there after a reconnect is told anew. */
  clear(): void {
    this.#members.clear();
  }

  roleOf(identity: string): RoomRole {
    const member = this.#members.get(identity);
    if (!member) return this.#left.get(identity)?.role ?? null;
    if (member.onBehalfOf !== null) return this.roleOf(member.onBehalfOf);
    if (this.#isAgent(member)) return 'agent';
    return isPerson(member) ? 'person' : null;
  }

  /** It is settled who this is. Who is silent so far may still turn out to be somebody to talk to. */
  isKnown(identity: string): boolean {
    const isNobody = this.#members.get(identity)?.isRecorder ?? this.#left.has(identity);
    return isNobody || this.roleOf(identity) !== null;
  }

  nameOf(identity: string): string {
    return this.#members.get(identity)?.name ?? this.#left.get(identity)?.name ?? '';
  }

  /** In the order in which they came. */
  get agents(): string[] {
    return [...this.#members.values()].flatMap((member) => (this.#isAgent(member) ? [member.identity] : []));
  }

  /** Whom typed words are for. */
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
    // Who was there as the agent left is the one it handed the call to, and no other agent.
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
