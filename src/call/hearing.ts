import type { AgentState } from '../voice/transport.js';
import type { AudioLevels } from './audio-watch.js';

/** What a visitor should know about the sound before it becomes a failure. */
export type HearingHint = 'cannot-hear-you' | 'cannot-hear-agent';

export interface HearingFacts {
  atMs: number;
  linkUpAtMs: number;
  levels: AudioLevels;
  agentHeard: boolean;
  agentState: AgentState;
  muted: boolean;
  /** The track is interrupted by the system, or dead. */
  microphoneSilenced: boolean;
}

/** An agent that works has said something by then. */
const AGENT_SOUND_LIMIT_MS = 8_000;

/** The agent waits for the visitor this long without a sound before the page says so. */
const CALLER_SOUND_LIMIT_MS = 6_000;

/** Below a whisper next to the microphone; a switched-off one gives exactly 0. */
const SILENCE_LEVEL = 0.008;

/** Watches both sides' loudness during one call. */
export class Hearing {
  #quietSinceMs: number | null = null;

  observe(facts: HearingFacts): HearingHint | null {
    const { atMs, levels, muted, microphoneSilenced, agentState } = facts;
    if (!facts.agentHeard && atMs - facts.linkUpAtMs >= AGENT_SOUND_LIMIT_MS) return 'cannot-hear-agent';
    if (microphoneSilenced && !muted) return 'cannot-hear-you';
    // Where the browser does not say how loud it is, nobody is said to be silent.
    const isQuiet =
      agentState === 'listening' && !muted && levels.caller !== null && levels.caller < SILENCE_LEVEL;
    if (!isQuiet) {
      this.#quietSinceMs = null;
      return null;
    }
    this.#quietSinceMs ??= atMs;
    return atMs - this.#quietSinceMs >= CALLER_SOUND_LIMIT_MS ? 'cannot-hear-you' : null;
  }
}
