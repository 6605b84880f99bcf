import { classifyError } from '../../failures/classify-error.js';
import type { Failure } from '../../failures/failure.js';
import { hasTrait } from '../../failures/failure-reasons.js';
import type { CallWords } from '../../i18n/en-later/call-words.js';
import { openMicrophone } from '../../voice/microphone.js';
import { watchMicrophonePermission } from './permission-watch.js';

/** A line for the visitor about their microphone. */
export class MicrophoneNotice {
  /** `null` for none. */
  text: string | null = null;
  readonly #words: () => CallWords;
  readonly #onChange: () => void;
  #watching = new AbortController();

  constructor(words: () => CallWords, onChange: () => void) {
    this.#words = words;
    this.#onChange = onChange;
  }

  say(text: string): void {
    this.text = text;
    this.#onChange();
  }

  /**
   * Asks the browser for the microphone without starting a call: for a visitor who has just changed a setting. Says how it went;
   * never rejects.
   */
  async allow(signal: AbortSignal): Promise<void> {
    try {
      const track = await openMicrophone({ signal });
      track.stop();
      this.say(this.#words().microphoneAllowed);
    } catch (error) {
      if (classifyError(error) !== null) this.say(this.#words().microphoneStillBlocked);
    }
  }

  /** After a failure for lack of permission, says when the visitor allows the microphone in the settings, without a reload. */
  watchAfter(failure: Failure | null): void {
    this.dispose();
    if (!hasTrait(failure?.reason, 'permission')) return;
    this.#watching = new AbortController();
    void watchMicrophonePermission(this.#watching.signal, () => this.say(this.#words().microphoneAllowed));
  }

  dispose(): void {
    this.#watching.abort();
  }
}
