/** Plays the agent of one call. `totalAudioEnergy` counts only what an element plays, so this element alone plays the track. */
export class AgentAudio {
  readonly #element = new Audio();
  readonly #onBlocked: (blocked: boolean) => void;
  #blocked = false;

  constructor(onBlocked: (blocked: boolean) => void) {
    this.#onBlocked = onBlocked;
    this.#element.autoplay = true;
  }

  play(track: MediaStreamTrack): void {
    this.#element.srcObject = new MediaStream([track]);
    void this.start();
  }

  /**
   * Starts the sound; when the browser blocked it before, must be called from a press. Never rejects: `onBlocked` reports a
   * refusal.
   */
  async start(): Promise<void> {
    if (!this.#element.srcObject) return;
    try {
      // Untried in Safari: that a page which holds the microphone may play, whenever the agent's track comes.
      await this.#element.play();
      this.#tell(false);
    } catch (error) {
      // Any other error means that the end of the call interrupted `play()`.
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#tell(true);
    }
  }

  async setSpeaker(deviceId: string): Promise<void> {
    // `setSinkId` is missing in Safari before 26 and in Firefox before 116.
    const element: Partial<Pick<HTMLMediaElement, 'setSinkId'>> = this.#element;
    if (!element.setSinkId) throw new Error('This browser cannot choose a speaker');
    await this.#element.setSinkId(deviceId);
  }

  setVolume(volume: number): void {
    this.#element.volume = Math.min(1, Math.max(0, volume));
  }

  release(): void {
    this.#element.pause();
    this.#element.srcObject = null;
  }

  #tell(blocked: boolean): void {
    if (blocked === this.#blocked) return;
    this.#blocked = blocked;
    this.#onBlocked(blocked);
  }
}
