import type { LeftHow, ToldState } from '../voice/transport.js';
import { VoiceError } from '../voice/voice-error.js';
import type { AudioLevels } from './audio-watch.js';
import type { CallAttempt } from './call-attempt.js';
import { CALL_LIMITS } from './call-limits.js';
import type { CallStatus } from './call-state.js';
import type { CallEvent } from './call-transition.js';
import { DerivedState } from './derived-state.js';

export interface PresenceOptions {
  status: () => CallStatus;
  apply: (event: CallEvent) => void;
  /** Ends the call: the agent is gone, and the wait for an agent is over. */
  finish: (attempt: CallAttempt, error?: VoiceError) => void;
  now: () => number;
}

/** Decides who the visitor can talk to in a call: an agent, a person that the agent handed the call to, or nobody for a while. */
export class AgentPresence {
  readonly #options: PresenceOptions;

  constructor(options: PresenceOptions) {
    this.#options = options;
  }

  /** The connection is up: an agent must join within the limit, or the call ends with `agent-never-joined`. */
  expectAgent(attempt: CallAttempt): void {
    if (this.#status.agentJoined) return;
    // The agent of a resumed call is there already or has gone for good.
    const limitMs = attempt.plan.returnTo ? CALL_LIMITS.agentReturnMs : CALL_LIMITS.agentJoinMs;
    attempt.expect('agent', limitMs, () =>
      this.#options.finish(attempt, new VoiceError('agent-never-joined', `No agent within ${limitMs} ms`)),
    );
  }

  noteAgent(attempt: CallAttempt): void {
    const wasThere = this.#status.agentJoined && !attempt.handedOver;
    attempt.handedOver = false;
    this.#noteParty(attempt, wasThere);
    this.#options.apply({ type: 'agent-joined' });
  }

  notePerson(attempt: CallAttempt, name: string): void {
    attempt.handedOver = true;
    this.#noteParty(attempt, false);
    this.#options.apply({ type: 'handed-over', name });
  }

  noteState(attempt: CallAttempt, agentState: ToldState): void {
    attempt.stateTold = true;
    attempt.statesTold.add(agentState);
    this.#options.apply({ type: 'agent-state', agentState });
  }

  /** Takes each measurement of the sound: derives the agent's state, watches its packets and updates the silence hint. */
  observe(attempt: CallAttempt, levels: AudioLevels): void {
    this.#deriveState(attempt, levels);
    this.#watchPackets(attempt);
    this.#hint(attempt, levels);
  }

  /** Notes that an agent or a person has joined, or is reachable again after its connection was lost. */
  #noteParty(attempt: CallAttempt, wasThere: boolean): void {
    attempt.agentSeen = true;
    attempt.agentCutOffAtMs = null;
    attempt.agentDied = false;
    attempt.arrived('agent');
    attempt.ending.stop();
    attempt.packets.restart();
    attempt.linkLostBy.clear();
    if (wasThere) return;
    attempt.agentJoinedAtMs = this.#options.now();
    this.#forgetState(attempt);
  }

  #forgetState(attempt: CallAttempt): void {
    attempt.stateTold = false;
    attempt.derivedState = new DerivedState();
  }

  /** The last agent or person has left. One that said goodbye has hung up; the platform may restart any other. */
  noteLeft(attempt: CallAttempt, how: LeftHow | undefined): void {
    // The sound of an agent that reports no states goes on until its goodbye: that is no broken sentence.
    const wasSpeaking = this.#status.agentState === 'speaking' && (attempt.stateTold || how !== 'hung-up');
    attempt.agentCutOffAtMs = wasSpeaking && !attempt.handedOver ? this.#options.now() : null;
    attempt.agentDied ||= how === 'vanished' && !attempt.handedOver;
    attempt.agentJoinedAtMs = null;
    this.#forgetState(attempt);
    const hungUp = how === 'hung-up' && !wasSpeaking;
    // The agent's connection was lost already: the wait that began then goes on, and is not started anew.
    const isAwaited = this.#status.agentLinkLost && attempt.isExpected('agent');
    if (!isAwaited) this.#awaitEnd(attempt, hungUp);
    this.#options.apply({ type: 'agent-left' });
  }

  /**
   * The media server reports the agent's connection as lost or restored, or its packets stop or come again. The page waits for
   * the agent, but not as long as the server does.
   */
  noteLink(attempt: CallAttempt, isLost: boolean, by: 'server' | 'packets' = 'server'): void {
    if (isLost) attempt.linkLostBy.add(by);
    else attempt.linkLostBy.delete(by);
    // The server reports "poor" before "lost", and that takes time: a report from either of the two sources is enough.
    const lost = attempt.linkLostBy.size > 0;
    if (!this.#status.agentJoined || lost === this.#status.agentLinkLost) return;
    // After a handover there is no agent whose connection could be lost.
    if (attempt.handedOver) return;
    attempt.agentDied = lost;
    if (lost) {
      this.#awaitEnd(attempt, false, by === 'server' ? CALL_LIMITS.deadLinkMs : CALL_LIMITS.agentReturnMs);
    } else {
      attempt.arrived('agent');
      attempt.ending.stop();
      attempt.packets.restart();
    }
    this.#options.apply({ type: 'agent-link', lost });
  }

  /** Ends the call when the platform's record says that it is over, or when the time is up. */
  #awaitEnd(attempt: CallAttempt, hungUp: boolean, returnMs: number = CALL_LIMITS.agentReturnMs): void {
    const finish = (): void => this.#options.finish(attempt);
    const waitLonger = (): void => {
      if (attempt.ending.saysLive) attempt.expect('agent', CALL_LIMITS.goodbyeOfLiveCallMs, finish);
      else finish();
    };
    if (hungUp) attempt.expect('agent', CALL_LIMITS.goodbyeMs, waitLonger);
    else attempt.expect('agent', returnMs, finish);
    const { callId, outcomeSignal: signal, plan } = attempt;
    if (callId !== null && this.#status.connectedAtMs !== null && !attempt.handedOver)
      attempt.ending.start({ client: plan.client, callId, signal, onEnded: finish });
  }

  /** Derives the state from the sound for a bot that reports no states and for a person. */
  #deriveState(attempt: CallAttempt, levels: AudioLevels): void {
    if (attempt.stateTold || !this.#status.agentJoined) return;
    const agentState = attempt.derivedState.observe(levels.agent, this.#options.now());
    if (agentState) this.#options.apply({ type: 'agent-state', agentState, derived: true });
  }

  #watchPackets(attempt: CallAttempt): void {
    const { agentState, agentJoined } = this.#status;
    const { agentPackets } = attempt.watch.totals;
    const isSpeaking = agentJoined && attempt.stateTold && agentState === 'speaking';
    const isDry = attempt.packets.isDry(agentPackets, isSpeaking, this.#options.now());
    if (isDry !== attempt.linkLostBy.has('packets')) this.noteLink(attempt, isDry, 'packets');
  }

  #hint(attempt: CallAttempt, levels: AudioLevels): void {
    const { agentState, agentJoined, agentLinkLost, muted } = this.#status;
    const hint = attempt.hearing.observe({
      atMs: this.#options.now(),
      agentJoinedAtMs: agentJoined ? attempt.agentJoinedAtMs : null,
      levels,
      agentHeard: attempt.watch.heard.agent,
      agentState,
      stateTold: attempt.stateTold,
      muted,
      microphoneSilenced: attempt.microphone.silenced,
      microphone: attempt.microphone.track,
    });
    // While the agent's connection is lost, no silence is the visitor's fault.
    this.#options.apply({ type: 'hint', hint: agentLinkLost ? null : hint });
  }

  get #status(): CallStatus {
    return this.#options.status();
  }
}
