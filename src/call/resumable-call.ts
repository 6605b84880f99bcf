import { type CallOffer, readCallOffer } from '../wire/call-offer.js';
import { toJson } from '../wire/to-json.js';

/** A held call is offered back for this long. */
export const RESUMABLE_FOR_MS = 30_000;

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** In the other storage: the servers of media that connect has named, for each API. */
const SERVERS_KEY = 'osmtalk:media-servers';
const MOST_SERVERS = 20;

/** Which widget a call belongs to. */
export interface CallPlace {
  agentId: string;
  baseUrl: string;
  /** A digest of the site's own name for the visitor; empty for nobody whom it has named. */
  user: string;
}

export interface ResumableCall extends CallPlace {
  offer: CallOffer;
  /** When the page was left, in milliseconds since 1970. */
  leftAt: number;
}

/**
 * Keeps the call that a reload or a link interrupted, for half a minute and this tab alone. What is kept opens one room of
 * one call; never the key. Blocked, full or foreign storage is no error: the call is then over. The microphone of who returns
 * goes only to a server that connect has named on this site: what is kept for the tab alone does not decide that.
 */
export class ResumableCallStorage {
  readonly #key: string;
  readonly #store: () => Store;
  readonly #siteStore: () => Store;
  readonly #now: () => number;

  /** The stores are functions, since merely touching `sessionStorage` throws where storage is blocked. */
  constructor(key: string, store: () => Store, siteStore: () => Store, now: () => number = Date.now) {
    this.#key = key;
    this.#store = store;
    this.#siteStore = siteStore;
    this.#now = now;
  }

  /**
   * Connect has named this server. Told as soon as it is known: what is written to the two storages as a page goes away need not
   * reach the next page together.
   */
  allow(place: CallPlace, offer: CallOffer): void {
    try {
      const servers = this.#servers();
      const server = serverOf(place, offer);
      if (server !== null && !servers.includes(server))
        this.#siteStore().setItem(SERVERS_KEY, [...servers, server].slice(-MOST_SERVERS).join('\n'));
    } catch {
      // Blocked or full.
    }
  }

  keep({ offer, ...held }: ResumableCall): void {
    try {
      this.#store().setItem(this.#key, toJson({ ...held, offer: offer.raw }));
    } catch {
      // Blocked or full.
    }
  }

  /**
   * The call that was left here less than half a minute ago, once: what is read is removed. One of another place stays: a page
   * may name its agent or its user only later, and another widget of the page may be the one that is meant.
   */
  take(place: CallPlace): ResumableCall | null {
    try {
      const text = this.#store().getItem(this.#key);
      if (text === null) return null;
      const held = this.#read(text);
      if (held && !isAt(held, place)) return null;
      this.#store().removeItem(this.#key);
      return held;
    } catch {
      return null;
    }
  }

  /** How long it is still offered, in milliseconds. */
  remainingMs({ leftAt }: ResumableCall): number {
    return leftAt + RESUMABLE_FOR_MS - this.#now();
  }

  /** `null`: nothing that could be returned to, here or anywhere. */
  #read(text: string): ResumableCall | null {
    try {
      const { agentId, baseUrl, user, leftAt, offer } = (JSON.parse(text) ?? {}) as Record<string, unknown>;
      if (typeof agentId !== 'string' || typeof baseUrl !== 'string' || typeof user !== 'string') return null;
      if (typeof leftAt !== 'number') return null;
      const held = { agentId, baseUrl, user, offer: readCallOffer(offer), leftAt };
      const server = serverOf(held, held.offer);
      if (server !== null && !this.#servers().includes(server)) return null;
      const remaining = this.remainingMs(held);
      return remaining > 0 && remaining <= RESUMABLE_FOR_MS ? held : null;
    } catch {
      return null;
    }
  }

  #servers(): string[] {
    // One in each line: an address has none.
    return this.#siteStore().getItem(SERVERS_KEY)?.split('\n') ?? [];
  }
}

export function isAt(held: CallPlace, place: CallPlace | null): boolean {
  return held.agentId === place?.agentId && held.baseUrl === place.baseUrl && held.user === place.user;
}

/** `null` where a transport of the site itself knows where it goes. */
function serverOf({ baseUrl }: CallPlace, offer: CallOffer): string | null {
  if (offer.transport === 'foreign') return null;
  const { protocol, host } = new URL(offer.transport === 'webrtc' ? offer.url : offer.serverUrl);
  return `${baseUrl} ${protocol}//${host}`;
}
