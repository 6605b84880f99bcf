import type { AuditTrail } from './audit-trail.js';
import { networkOf } from './network-of.js';
import type { RateLimit } from './rate-limit.js';
import { RelayError } from './relay-error.js';
import type { RelayCall, RelaySettings } from './relay-options.js';
import type { IdKind, OpenedId, SignedIds } from './signed-ids.js';

export interface GuardServices {
  settings: RelaySettings;
  ids: SignedIds;
  rateLimit: RateLimit;
}

/** Who is asking, how often, and whether the site lets them. One per request. */
export class Guard {
  readonly #request: Request;
  readonly #trail: AuditTrail;
  readonly #settings: RelaySettings;
  readonly #ids: SignedIds;
  readonly #rateLimit: RateLimit;
  /** The pseudonym of the visitor whom the site knows. */
  #known: string | null = null;

  constructor(request: Request, trail: AuditTrail, { settings, ids, rateLimit }: GuardServices) {
    this.#request = request;
    this.#trail = trail;
    this.#settings = settings;
    this.#ids = ids;
    this.#rateLimit = rateLimit;
  }

  get knownVisitor(): string | null {
    return this.#known;
  }

  /** Before anything of the request is read. */
  async meet(): Promise<void> {
    const address = this.#address;
    await (address ? this.#rateLimit.count('address', address) : this.#rateLimit.count('shared', 'all'));
    const name = await this.#settings.visitor?.(this.#request);
    if (name) this.#known = await this.#ids.visitorNamed(name);
  }

  /** What is in a signed id; `null` also for one of somebody else than the visitor whom the site knows. */
  async open(kind: IdKind, sealed: string | undefined, scope?: string): Promise<OpenedId | null> {
    const opened = sealed === undefined ? null : await this.#ids.open(kind, sealed, scope);
    const isForeign = this.#known !== null && opened?.visitor !== this.#known;
    return isForeign ? null : opened;
  }

  /**
   * The limit of this visitor and the hooks of the site. `visitorOfId` is whom the id that the page has sent was given to.
   * Resolves with the visitor, a new one when nobody knows them.
   */
  async admit(
    action: RelayCall['action'],
    agentId: string | null,
    visitorOfId: string | null,
  ): Promise<string> {
    const visitor = this.#known ?? visitorOfId;
    this.#trail.entry.visitor = visitor;
    if (visitor !== null) await this.#rateLimit.count('visitor', visitor);
    const call: RelayCall = { action, agentId, visitor };
    const { authorize, botCheck } = this.#settings;
    if (authorize && !(await authorize(this.#request, call))) throw new RelayError('not_authorized');
    const isRead = action === 'record' || action === 'features';
    if (!isRead && botCheck && !(await botCheck(this.#request, call)))
      throw new RelayError('bot_check_failed');
    if (visitor !== null || isRead) return visitor ?? '';
    const newcomer = this.#ids.newVisitor();
    this.#trail.entry.visitor = newcomer;
    return newcomer;
  }

  /** A paid call: of one visitor, and to one number, whoever asks. */
  async countCallback(destination: string): Promise<void> {
    await this.#rateLimit.count('callback', this.#known ?? this.#address ?? 'all');
    await this.#rateLimit.count('destination', await this.#ids.digest(destination));
  }

  get #address(): string | undefined {
    const address = this.#settings.address?.(this.#request);
    return address ? networkOf(address) : undefined;
  }
}
