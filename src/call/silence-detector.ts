import type { ToldState } from '../voice/transport.js';
import type { AudioLevels } from './audio-watch.js';

/** What a visitor should know about the sound before it becomes a failure. */
export type SilenceHint = 'cannot-hear-you' | 'cannot-hear-agent';

export interface SoundFacts {
  atMs: number;
  /** When somebody to talk to came; `null` while nobody is there. */
  agentJoinedAtMs: number | null;
  levels: AudioLevels;
  agentHeard: boolean;
  agentState: ToldState;
  /** The agent says itself what it does; else its state is only what the page makes of its sound. */
  stateTold: boolean;
  muted: boolean;
  /** The track is interrupted by the system, or dead. */
  microphoneSilenced: boolean;
  /** Which device it is: who was heard by one of them may not be by the next. */
  microphone: unknown;
}

/** An agent that says it speaks is heard by then. */
const SPEAKING_LIMIT_MS = 3_000;

/** An agent that says nothing about itself has made a sound by then. */
const AGENT_SOUND_LIMIT_MS = 8_000;

/** The agent waits for the visitor this long without a sound before the page says so. */
const CALLER_SOUND_LIMIT_MS = 6_000;

/** Below a whisper next to the microphone; a switched-off one gives exactly 0. */
const SILENCE_LEVEL = 0.008;

/**
 * Watches both sides' loudness during one call. Only what cannot be meant is told: who was heard once may listen as long as
 * they like, and so may an agent that lets the visitor speak first.
 */
export class SilenceDetector {
  #quietSinceMs: number | null = null;
  #speakingSinceMs: number | null = null;
  #microphone: unknown = null;
  #callerHeard = false;

  observe(facts: SoundFacts): SilenceHint | null {
    // Both are looked at every time: each has its own clock.
    const silentAgent = this.#isAgentUnheard(facts);
    if (this.#isCallerUnheard(facts)) return 'cannot-hear-you';
    return silentAgent ? 'cannot-hear-agent' : null;
  }

  /** A break of the link: nobody could be heard meanwhile. What was heard before still counts. */
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
    // Where the browser does not say how loud it is, nobody is said to be silent.
    if (levels.caller === null || levels.caller >= SILENCE_LEVEL) this.#callerHeard = true;
    if (microphoneSilenced && !muted) return true;
    // To an agent that has not said a word yet, the visitor may not know that it is their turn.
    const isAwaited = agentState === 'listening' && facts.agentHeard && !muted && !this.#callerHeard;
    if (!isAwaited) {
      this.#quietSinceMs = null;
      return false;
    }
    this.#quietSinceMs ??= atMs;
    return atMs - this.#quietSinceMs >= CALLER_SOUND_LIMIT_MS;
  }
}
