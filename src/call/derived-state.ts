import type { AgentState } from '../voice/transport.js';

/** Speech is louder than this level; comfort noise and a silent line are not. */
const SOUND_LEVEL = 0.02;

/** Speech may be quiet this long between two words of a sentence. */
const PAUSE_MS = 900;

/**
 * Derives the state of the other side where none is reported (a bot without states, a person after a handover): `speaking` while
 * there is sound, `listening` after it, `null` before the first sound.
 */
export class DerivedState {
  #loudAtMs: number | null = null;

  observe(level: number | null, atMs: number): AgentState | null {
    if (level !== null && level >= SOUND_LEVEL) this.#loudAtMs = atMs;
    if (this.#loudAtMs === null) return null;
    return atMs - this.#loudAtMs <= PAUSE_MS ? 'speaking' : 'listening';
  }
}
