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

/**
 * Phone numbers that differ only in this many last digits are one range: fraudsters who earn by calls rent such numbers by the
 * thousand.
 */
const DIGITS_WITHIN_RANGE = 4;

/** Checks who is asking, how often, and whether the site allows it. One per request. */
export class Guard {
  readonly #request: Request;
  readonly #trail: AuditTrail;
  readonly #settings: RelaySettings;
  readonly #ids: SignedIds;
  readonly #rateLimit: RateLimit;
  /** The networks of the page's address; `null` when the address is unknown or invalid. */
  #networks: Networks | null = null;
  /** The site's own name of the visitor. `#known` is its pseudonym. */
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

  /**
   * Counts the request for its address, and finds the visitor's name, before anything of the request is read. Requests for the
   * features are counted by themselves: they use up nothing of the other limits. Rejects with a `RelayError` above a limit.
   */
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
   * Resolves with the content of a signed id of one of these agents; `null` for any other id. Also `null` for an id of a
   * visitor whom the site has named when another one asks, and for an id of an unnamed visitor when a named one asks.
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
   * Counts the request for its visitor, and asks the site's hooks; rejects with a `RelayError` when one refuses. `visitorOfId`
   * is the visitor to whom the id that the page has sent was given. Resolves with the visitor, a new one when they are unknown;
   * '' for an unknown visitor who only reads, or reports a failed call.
   */
  async admit(
    action: RelayCall['action'],
    agentId: string | null,
    visitorOfId: string | null,
  ): Promise<string> {
    const visitor = this.#known ?? visitorOfId;
    const isRead = action === 'record' || action === 'features' || action === 'report';
    this.#trail.entry.visitor = visitor;
    if (visitor !== null) await this.#rateLimit.count('visitor', visitor);
    // Else a page that leaves out the id would be a new visitor each time, and have no limit.
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

  /** Counts a voice call, which costs by the minute. Rejects with a `RelayError` above a limit. */
  countCall(): Promise<void> {
    const askers: Counted[] = [];
    if (this.#networks) askers.push(['call', 'address', this.#networks.own]);
    if (this.#known !== null) askers.push(['call', 'visitor', this.#known]);
    return this.#rateLimit.countPaid(askers, [['callTotal'], ['callDay']]);
  }

  /**
   * Counts a call to a telephone: for who asks for it, for the number it rings, and for all together. Rejects with a
   * `RelayError` above a limit.
   */
  async countCallback(destination: string): Promise<void> {
    const askers: Counted[] = (this.#networks?.wider ?? []).map((network) => ['callbackNetwork', network]);
    if (this.#networks) askers.push(['callback', 'address', this.#networks.own]);
    if (this.#known !== null) askers.push(['callback', 'visitor', this.#known]);
    if (askers.length === 0) askers.push(['callback']);
    // Digests, since no phone number may be in a store that may be shared and logged.
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
