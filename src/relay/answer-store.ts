/**
 * Where instances share the answers to repeated `Idempotency-Key`s: `redisStore` of `osmtalk-widget/relay/redis`, or one of
 * your own. Its entries contain the replies of conversations.
 */
export interface AnswerStore {
  /**
   * Stores `entry` under `key` for `forMs` milliseconds unless the key has an entry, in one step. Resolves with `null` when
   * `entry` was stored, else with the entry that the key has.
   */
  begin(key: string, entry: string, forMs: number): Promise<string | null>;
  /** Resolves with the entry under `key`, `null` for none. */
  read(key: string): Promise<string | null>;
  /** Replaces the entry under `key` for `forMs` milliseconds; `null` removes it. */
  finish(key: string, entry: string | null, forMs: number): Promise<void>;
}
