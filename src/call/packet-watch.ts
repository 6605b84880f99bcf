/** Notices that packets of an agent which is said to speak do not come any more. */
export class PacketWatch {
  readonly #limitMs: number;
  #packets = 0;
  #sinceMs: number | null = null;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** Whether it is time to say so. An agent that has never sent any has another trouble. */
  isDry(packets: number, isSpeaking: boolean, atMs: number): boolean {
    if (!isSpeaking || packets !== this.#packets || packets === 0) this.#sinceMs = atMs;
    this.#packets = packets;
    this.#sinceMs ??= atMs;
    return atMs - this.#sinceMs >= this.#limitMs;
  }

  restart(): void {
    this.#sinceMs = null;
  }
}
