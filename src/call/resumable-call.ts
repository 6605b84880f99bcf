import { type CallOffer, readCallOffer } from '../wire/call-offer.js';
import { toJson } from '../wire/to-json.js';

/** How long a resumable call is offered to the visitor. */
export const RESUMABLE_FOR_MS = 30_000;

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The key in the site's storage: the media servers that connect has named, for each API. */
const SERVERS_KEY = 'osmtalk:media-servers';
const MOST_SERVERS = 20;

/** The widget that a call belongs to. */
export interface CallPlace {
  agentId: string;
  baseUrl: string;
  /** A digest of the user id that the site has set; empty when it has set none. */
  user: string;
}

export interface ResumableCall extends CallPlace {
  offer: CallOffer;
  /** When the page was left, in milliseconds since 1970. */
  leftAt: number;
}

/**
 * Keeps the call that a reload or a click on a link interrupted, for half a minute and for this tab only. What is kept opens one
 * room of one call, and holds no key. Blocked, full or foreign storage throws no error: the call is then over. A resumed call
 * sends the microphone only to a server that connect has named on this site; the tab's storage alone cannot name one.
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
   * Remembers a media server that connect has named. Called as soon as the answer is there: what a page writes to the two
   * storages while it goes away need not reach the next page together.
   */
  allow(place: CallPlace, offer: CallOffer): void {
    try {
      const servers = this.#servers();
      const server = serverOf(place, offer);
      if (server !== null && !servers.includes(server))
        this.#siteStore().setItem(SERVERS_KEY, [...servers, server].slice(-MOST_SERVERS).join('\n'));
    } catch {
      // Storage is blocked or full.
    }
  }

  keep({ offer, ...held }: ResumableCall): void {
    try {
      this.#store().setItem(this.#key, toJson({ ...held, offer: offer.raw }));
    } catch {
      // Storage is blocked or full.
    }
  }

  /**
   * Returns the call that was left here less than half a minute ago, and removes it; else `null`. A call of another place stays
   * stored: a page may set its agent or its user only later, or another widget of the page may own the call.
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

  /** How long the call is still offered, in milliseconds; not positive when its time is over. */
  remainingMs({ leftAt }: ResumableCall): number {
    return leftAt + RESUMABLE_FOR_MS - this.#now();
  }

  /** Reads the stored call; `null` when no widget could resume it: unreadable, too old, or on an unknown server. */
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
    // One server in each line: an address contains no line break.
    return this.#siteStore().getItem(SERVERS_KEY)?.split('\n') ?? [];
  }
}

export function isAt(held: CallPlace, place: CallPlace | null): boolean {
  return held.agentId === place?.agentId && held.baseUrl === place.baseUrl && held.user === place.user;
}

/**
 * The API and the media server of an offer; `null` for the offer of a transport that the site has added, which finds its own
 * server.
 */
function serverOf({ baseUrl }: CallPlace, offer: CallOffer): string | null {
  if (offer.transport === 'foreign') return null;
  const { protocol, host } = new URL(offer.transport === 'webrtc' ? offer.url : offer.serverUrl);
  return `${baseUrl} ${protocol}//${host}`;
}
