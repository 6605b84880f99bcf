import { hmac, hmacKey, toBase64Url } from './hmac.js';

/** What an id is for: an id of one kind is not valid as another. */
export type IdKind = 'call' | 'chat';

/** How long a signed id is valid. A chat may be taken up again after weeks; a call's record is read at its end. */
const GOOD_FOR_SECONDS: Record<IdKind, number> = { call: 24 * 3600, chat: 30 * 24 * 3600 };

export interface OpenedId {
  /** The upstream's own id. */
  id: string;
  visitor: string;
  /** Whether the site had named the visitor: the id is then valid for that name alone. */
  isNamed: boolean;
}

/**
 * Signs the upstream's ids for pages: `id.time.visitor.signature`. Only a signed id is accepted from a page, so that nobody
 * reaches another visitor's call or conversation by guessing, and the visitor is recognized without a cookie. The signature
 * also covers what is not in the id: the upstream and the agent it belongs to, and whether the visitor was named.
 */
export class SignedIds {
  readonly #secret: string | Uint8Array | undefined;
  readonly #upstream: string;
  readonly #now: () => number;
  #key: Promise<CryptoKey> | undefined;

  /**
   * Without a secret a random one is made; ids are then valid in this process alone, until it ends. Relays of two upstreams do
   * not accept each other's ids, also with one secret.
   */
  constructor(secret?: string | Uint8Array, upstream = '', now: () => number = Date.now) {
    this.#secret = secret;
    this.#upstream = upstream;
    this.#now = now;
  }

  /** Resolves with the signed id. `agentId` must be the same when the id comes back. */
  async seal(kind: IdKind, { id, visitor, isNamed }: OpenedId, agentId: string): Promise<string> {
    const time = Math.floor(this.#now() / 1000).toString(36);
    const signature = await this.#signId(kind, { id, visitor, isNamed }, agentId, time);
    return `${id}.${time}.${visitor}.${signature}`;
  }

  /**
   * Resolves with the content of a signed id; `null` for an id that this relay has not given, for another kind, for an agent
   * that is not one of these, and for an old one.
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

  /** Resolves with the pseudonym of a visitor whom the site knows by a name of its own. */
  async visitorNamed(name: string): Promise<string> {
    return (await this.#sign(['visitor', name])).slice(0, 16);
  }

  /** Resolves with what a store or a log may hold in the place of something private, e.g. a phone number. */
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

/** Compares two signatures. Takes the same time wherever they differ. */
function isSame(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < other.length; at++) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}
