/** Detects that an agent which reports `speaking` has stopped sending packets. */
export class PacketWatch {
  readonly #limitMs: number;
  #packets = 0;
  #sinceMs: number | null = null;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** Whether no packet has come for the limit. False for an agent that has never sent any: that is another failure. */
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
