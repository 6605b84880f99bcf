/**
 * Where instances share what a repeated `Idempotency-Key` is answered: `redisStore` of `osmtalk-widget/relay/redis`, or one of your own.
 * What stands there holds the replies of conversations.
 */
export interface AnswerStore {
  /**
   * Puts `entry` down under `key` unless something stands there, in one step. Resolves with `null` when it was put down, else with
   * what stands there.
   */
  begin(key: string, entry: string, forMs: number): Promise<string | null>;
  /** What stands there, `null` for nothing. */
  read(key: string): Promise<string | null>;
  /** Puts `entry` in the place of what stands there; `null` takes it away. */
  finish(key: string, entry: string | null, forMs: number): Promise<void>;
}
