import { hmac, hmacKey, toBase64Url } from './hmac.js';

/** What an id is for: one of a kind is worth nothing as another. */
export type IdKind = 'call' | 'chat';

/** A signed id is good for this long. A chat may be taken up again after weeks; a call's record is read at its end. */
const GOOD_FOR_SECONDS: Record<IdKind, number> = { call: 24 * 3600, chat: 30 * 24 * 3600 };

export interface OpenedId {
  /** The upstream's own id. */
  id: string;
  visitor: string;
  /** The site knew the visitor by name: the id is good for that name alone. */
  isNamed: boolean;
}

/**
 * The ids a page gets are the upstream's, signed: `id.time.visitor.signature`. Only such an id is taken back, so that nobody
 * reaches the call or the conversation of somebody else by guessing, and the visitor is known again without a cookie. What is
 * not in the id is signed all the same: which upstream and which agent it belongs to, and whether the visitor was named.
 */
export class SignedIds {
  readonly #secret: string | Uint8Array | undefined;
  readonly #upstream: string;
  readonly #now: () => number;
  #key: Promise<CryptoKey> | undefined;

  /**
   * Without a secret a random one is made; ids are then good in this process alone, until it ends. Relays of two upstreams do
   * not take each other's ids, also with one secret.
   */
  constructor(secret?: string | Uint8Array, upstream = '', now: () => number = Date.now) {
    this.#secret = secret;
    this.#upstream = upstream;
    this.#now = now;
  }

  /** `agentId` must be the same when the id comes back. */
  async seal(kind: IdKind, { id, visitor, isNamed }: OpenedId, agentId: string): Promise<string> {
    const time = Math.floor(this.#now() / 1000).toString(36);
    const signature = await this.#signId(kind, { id, visitor, isNamed }, agentId, time);
    return `${id}.${time}.${visitor}.${signature}`;
  }

  /**
   * `null` for an id that this relay has not given, for another kind, for an agent that is not one of these, and for an old one.
   */
  async open(kind: IdKind, sealed: string, agentIds: readonly string[]): Promise<OpenedId | null> {
    const [, id, time, visitor, signature] =
      /^(.{1,300})\.([0-9a-z]{1,9})\.([\w-]{16})\.([\w-]{22})$/.exec(sealed) ?? [];
    if (!id || !time || !visitor || !signature) return null;
    const ageSeconds = this.#now() / 1000 - Number.parseInt(time, 36);
    if (ageSeconds > GOOD_FOR_SECONDS[kind]) return null;
    for (const agentId of agentIds) {
      for (const isNamed of [false, true]) {
        const opened = { id, visitor, isNamed };
        if (isSame(signature, await this.#signId(kind, opened, agentId, time))) return opened;
      }
    }
    return null;
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

  #signId(kind: IdKind, { id, visitor, isNamed }: OpenedId, agentId: string, time: string): Promise<string> {
    return this.#sign([kind, this.#upstream, agentId, id, time, visitor, isNamed ? 'named' : 'anybody']);
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
