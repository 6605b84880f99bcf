import type { AgentState } from '../voice/transport.js';

/** Speech is above it, comfort noise and a silent line are not. */
const SOUND_LEVEL = 0.02;

/** Between two words of a sentence it is as quiet. */
const PAUSE_MS = 900;

/**
 * What the other side does, where nobody says it (a bot without states, a person after a transfer): who makes a sound speaks,
 * and who was heard once listens. `null` before that.
 */
export class DerivedState {
  #loudAtMs: number | null = null;

  observe(level: number | null, atMs: number): AgentState | null {
    if (level !== null && level >= SOUND_LEVEL) this.#loudAtMs = atMs;
    if (this.#loudAtMs === null) return null;
    return atMs - this.#loudAtMs <= PAUSE_MS ? 'speaking' : 'listening';
  }
}
