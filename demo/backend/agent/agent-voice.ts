import type { AgentChannel } from './agent-channel.js';
import { everyFrame } from './frame-pacer.js';

/** 20 ms of Opus silence: a table-of-contents byte (CELT, full band) and an empty frame. */
const silence = Uint8Array.of(0xf8, 0xff, 0xfe);

interface Playing {
  frames: readonly Uint8Array[];
  next: number;
  onFrame: (played: number) => void;
  done: () => void;
}

/** The agent's side of the sound: a line when it speaks, silence in between, as a real agent sends it. */
export class AgentVoice {
  #playing: Playing | undefined;
  #stop: (() => void) | undefined;

  constructor(
    private readonly channel: AgentChannel,
    private readonly onSent: (isVoiced: boolean) => void,
  ) {}

  start(): void {
    this.#stop ??= everyFrame(() => this.#sendNext());
  }

  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#playing = undefined;
  }

  /** Speaks; resolves when the last frame is out. Rejects when `signal` aborts: the rest is not spoken then. */
  play(frames: readonly Uint8Array[], signal: AbortSignal, onFrame: (played: number) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const abort = (): void => {
        this.#playing = undefined;
        reject(signal.reason);
      };
      signal.addEventListener('abort', abort, { once: true });
      const done = (): void => {
        signal.removeEventListener('abort', abort);
        resolve();
      };
      this.#playing = { frames, next: 0, onFrame, done };
    });
  }

  #sendNext(): void {
    const playing = this.#playing;
    const frame = playing?.frames[playing.next];
    this.channel.sendFrame(frame ?? silence);
    this.onSent(frame !== undefined);
    if (!playing || !frame) return;
    playing.next += 1;
    playing.onFrame(playing.next);
    if (playing.next < playing.frames.length) return;
    this.#playing = undefined;
    playing.done();
  }
}
