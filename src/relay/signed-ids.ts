import { hmac, hmacKey, toBase64Url } from './hmac.js';

/** What an id is for: one of a kind is worth nothing as another. */
export type IdKind = 'call' | 'chat';

/** A signed id is good for this long. A chat may be taken up again after weeks; a call's record is read at its end. */
const GOOD_FOR_SECONDS: Record<IdKind, number> = { call: 24 * 3600, chat: 30 * 24 * 3600 };

export interface OpenedId {
  /** The upstream's own id. */
  id: string;
  visitor: string;
}

/**
 * The ids a page gets are the upstream's, signed: `id.time.visitor.signature`. Only such an id is taken back, so that nobody
 * reaches the call or the conversation of somebody else by guessing, and the visitor is known again without a cookie.
 */
export class SignedIds {
  readonly #secret: string | Uint8Array | undefined;
  readonly #now: () => number;
  #key: Promise<CryptoKey> | undefined;

  /** Without a secret a random one is made; ids are then good in this process alone, until it ends. */
  constructor(secret?: string | Uint8Array, now: () => number = Date.now) {
    this.#secret = secret;
    this.#now = now;
  }

  /** `scope` must be the same when the id comes back, e.g. the agent a conversation is with. */
  async seal(kind: IdKind, { id, visitor }: OpenedId, scope = ''): Promise<string> {
    const time = Math.floor(this.#now() / 1000).toString(36);
    return `${id}.${time}.${visitor}.${await this.#sign([kind, scope, id, time, visitor])}`;
  }

  /** `null` for an id that this relay has not given, for another kind or scope, and for an old one. */
  async open(kind: IdKind, sealed: string, scope = ''): Promise<OpenedId | null> {
    const [, id, time, visitor, signature] =
      /^(.{1,300})\.([0-9a-z]{1,9})\.([\w-]{16})\.([\w-]{22})$/.exec(sealed) ?? [];
    if (!id || !time || !visitor || !signature) return null;
    if (!isSame(signature, await this.#sign([kind, scope, id, time, visitor]))) return null;
    const ageSeconds = this.#now() / 1000 - Number.parseInt(time, 36);
    return ageSeconds <= GOOD_FOR_SECONDS[kind] ? { id, visitor } : null;
  }

  newVisitor(): string {
    return toBase64Url(crypto.getRandomValues(new Uint8Array(12)));
  }

  /** The pseudonym of a visitor whom the site knows by a name of its own. */
  async visitorNamed(name: string): Promise<string> {
    return (await this.#sign(['visitor', name])).slice(0, 16);
  }

  /** What may stand in a store or a log in the place of something private, e.g. a phone number. */
  digest(value: string): Promise<string> {
    return this.#sign(['digest', value]);
  }

  async #sign(parts: string[]): Promise<string> {
    // Made at the first request: Workers forbid randomness while a module loads.
    this.#key ??= hmacKey(this.#secret ?? crypto.getRandomValues(new Uint8Array(32)));
    return toBase64Url((await hmac(await this.#key, JSON.stringify(parts))).subarray(0, 16));
  }
}

/** Takes the same time wherever two signatures differ. */
function isSame(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < other.length; at++) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}
