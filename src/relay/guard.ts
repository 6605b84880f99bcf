import type { AuditTrail } from './audit-trail.js';
import { subnetsOf, type Networks } from './subnet.js';
import type { PageRules } from './page-rules.js';
import type { Counted, LimitName, RateLimit } from './rate-limit.js';
import { RelayError } from './relay-error.js';
import type { RelayCall } from './relay-options.js';
import type { RelaySettings } from './read-options.js';
import type { IdKind, OpenedId, SignedIds } from './signed-ids.js';
import { within } from './within.js';

export interface GuardServices {
  settings: RelaySettings;
  ids: SignedIds;
  rateLimit: RateLimit;
}

/** Numbers that differ in these alone are one range: whoever earns by calls to it rents them by the thousand. */
const DIGITS_WITHIN_RANGE = 4;

/** Who is asking, how often, and whether the site lets them. One per request. */
export class Guard {
  readonly #request: Request;
  readonly #trail: AuditTrail;
  readonly #settings: RelaySettings;
  readonly #ids: SignedIds;
  readonly #rateLimit: RateLimit;
  /** `null` where the address is not told, or is none. */
  #networks: Networks | null = null;
  /** The site's own name of the visitor, and its pseudonym. */
  #name: string | undefined;
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

  get rules(): PageRules {
    const { allow, visitor } = this.#settings;
    return { allow, knowsVisitors: visitor !== undefined, visitorName: this.#name };
  }

  /** Before anything of the request is read. Asking what is offered is counted by itself: it takes nothing from the rest. */
  async meet(
    limits: readonly [ofAddress: LimitName, shared: LimitName] = ['address', 'shared'],
  ): Promise<void> {
    const { address, visitor, timeoutMs } = this.#settings;
    const told = await within(timeoutMs, address?.(this.#request));
    this.#networks = told ? subnetsOf(told) : null;
    await (this.#networks
      ? this.#rateLimit.count(limits[0], this.#networks.own)
      : this.#rateLimit.count(limits[1]));
    const name = await within(timeoutMs, visitor?.(this.#request));
    if (!name) return;
    if (typeof name !== 'string') throw new TypeError('`visitor` must answer a text');
    this.#name = name;
    this.#known = await this.#ids.visitorNamed(name);
  }

  /**
   * What is in a signed id of one of these agents. `null` also for one that was made for a visitor whom the site named, and who is not
   * asking now; who is nobody is not everybody.
   */
  async open(
    kind: IdKind,
    sealed: string | undefined,
    agentIds: readonly string[],
  ): Promise<OpenedId | null> {
    const opened = sealed === undefined ? null : await this.#ids.open(kind, sealed, agentIds);
    if (opened === null) return null;
    const isForeign = opened.isNamed ? opened.visitor !== this.#known : this.#known !== null;
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
    const isRead = action === 'record' || action === 'features';
    this.#trail.entry.visitor = visitor;
    if (visitor !== null) await this.#rateLimit.count('visitor', visitor);
    // Else who leaves out the id is a new visitor each time, and has no limit.
    else if (!isRead && this.#networks) await this.#rateLimit.count('newcomer', this.#networks.own);
    const call: RelayCall = { action, agentId, visitor };
    const { authorize, botCheck, timeoutMs } = this.#settings;
    if (authorize && !(await within(timeoutMs, authorize(this.#request, call))))
      throw new RelayError('not_authorized');
    if (!isRead && botCheck && !(await within(timeoutMs, botCheck(this.#request, call))))
      throw new RelayError('bot_check_failed');
    if (visitor !== null || isRead) return visitor ?? '';
    const newcomer = this.#ids.newVisitor();
    this.#trail.entry.visitor = newcomer;
    return newcomer;
  }

  /** A voice call, which costs by the minute. */
  countCall(): Promise<void> {
    const askers: Counted[] = [];
    if (this.#networks) askers.push(['call', 'address', this.#networks.own]);
    if (this.#known !== null) askers.push(['call', 'visitor', this.#known]);
    return this.#rateLimit.countPaid(askers, [['callTotal'], ['callDay']]);
  }

  /** A call to somebody's telephone: who asks for it, whom it rings, and all together. */
  async countCallback(destination: string): Promise<void> {
    const askers: Counted[] = (this.#networks?.wider ?? []).map((network) => ['callbackNetwork', network]);
    if (this.#networks) askers.push(['callback', 'address', this.#networks.own]);
    if (this.#known !== null) askers.push(['callback', 'visitor', this.#known]);
    if (askers.length === 0) askers.push(['callback']);
    // No number in a store that may be shared and logged.
    const number = await this.#ids.digest(destination);
    const range = await this.#ids.digest(destination.slice(0, -DIGITS_WITHIN_RANGE));
    await this.#rateLimit.countPaid(askers, [
      ['destination', number],
      ['destinationDay', number],
      ['destinationPrefix', range],
      ['callbackTotal'],
      ['callbackDay'],
    ]);
  }
}
