import type { ToldState } from '../voice/transport.js';
import type { AudioLevels } from './audio-watch.js';

/** The hint that the visitor gets about the sound before the call fails. */
export type SilenceHint = 'cannot-hear-you' | 'cannot-hear-agent';

export interface SoundFacts {
  atMs: number;
  /** When the agent or the person joined; `null` while nobody is there. */
  agentJoinedAtMs: number | null;
  levels: AudioLevels;
  agentHeard: boolean;
  agentState: ToldState;
  /** The agent reports its state itself; else `agentState` is derived from its sound. */
  stateTold: boolean;
  muted: boolean;
  /** The microphone track is interrupted by the system, or has ended. */
  microphoneSilenced: boolean;
  /** Identifies the microphone: a visitor who was heard through one may not be heard through the next. */
  microphone: unknown;
}

/** An agent that reports `speaking` must be heard within this time. */
const SPEAKING_LIMIT_MS = 3_000;

/** An agent that reports no states must be heard within this time after it joined. */
const AGENT_SOUND_LIMIT_MS = 8_000;

/** How long the agent may listen to a silent microphone before the visitor gets a hint. */
const CALLER_SOUND_LIMIT_MS = 6_000;

/** A level below a whisper next to the microphone; a switched-off microphone gives exactly 0. */
const SILENCE_LEVEL = 0.008;

/**
 * Watches how loud both sides are during one call. Hints only at silence that cannot be intended: a visitor who was heard once
 * may listen as long as they like, and so may an agent that lets the visitor speak first.
 */
export class SilenceDetector {
  #quietSinceMs: number | null = null;
  #speakingSinceMs: number | null = null;
  #microphone: unknown = null;
  #callerHeard = false;

  observe(facts: SoundFacts): SilenceHint | null {
    // Both checks run every time, since each keeps its own clock.
    const silentAgent = this.#isAgentUnheard(facts);
    if (this.#isCallerUnheard(facts)) return 'cannot-hear-you';
    return silentAgent ? 'cannot-hear-agent' : null;
  }

  /** Called after a reconnect: neither side could be heard during the break. Sound from before it still counts. */
  restart(): void {
    this.#quietSinceMs = null;
    this.#speakingSinceMs = null;
  }

  #isAgentUnheard({ atMs, agentHeard, agentState, agentJoinedAtMs, stateTold }: SoundFacts): boolean {
    const isSpeaking = agentJoinedAtMs !== null && stateTold && agentState === 'speaking';
    if (!isSpeaking) this.#speakingSinceMs = null;
    else this.#speakingSinceMs ??= atMs;
    if (agentHeard || agentJoinedAtMs === null) return false;
    if (this.#speakingSinceMs !== null) return atMs - this.#speakingSinceMs >= SPEAKING_LIMIT_MS;
    return !stateTold && atMs - agentJoinedAtMs >= AGENT_SOUND_LIMIT_MS;
  }

  #isCallerUnheard(facts: SoundFacts): boolean {
    const { atMs, levels, muted, microphoneSilenced, agentState, microphone } = facts;
    if (microphone !== this.#microphone) {
      this.#microphone = microphone;
      this.#callerHeard = false;
      this.#quietSinceMs = null;
    }
    // Where the browser does not measure the level, the visitor is never called silent.
    if (levels.caller === null || levels.caller >= SILENCE_LEVEL) this.#callerHeard = true;
    if (microphoneSilenced && !muted) return true;
    // While the agent has not spoken yet, the visitor may not know that it is their turn.
    const isAwaited = agentState === 'listening' && facts.agentHeard && !muted && !this.#callerHeard;
    if (!isAwaited) {
      this.#quietSinceMs = null;
      return false;
    }
    this.#quietSinceMs ??= atMs;
    return atMs - this.#quietSinceMs >= CALLER_SOUND_LIMIT_MS;
  }
}
