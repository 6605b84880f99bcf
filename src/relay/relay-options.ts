import type { RateLimitOptions } from './rate-limit.js';
import type { RelayErrorCode } from './relay-error.js';
import type { Feature, Upstream } from './upstream.js';

/** What the hooks are told of a request. Nothing of its body. */
export interface RelayCall {
  /** `record`: the page looks at a call it started. `features`: it asks what is offered. */
  action: Feature | 'record' | 'features';
  /** One of `allow.agents`; `null` for `record` and `features`. */
  agentId: string | null;
  /** The relay's own random id of the visitor, or the pseudonym of what the `visitor` option named; `null` before there is one. */
  visitor: string | null;
}

/** One line of the audit. Holds no secret, no phone number and no word of a conversation. */
export interface AuditEntry extends Omit<RelayCall, 'action'> {
  /** ISO 8601. */
  at: string;
  /** `null` for a path that the relay does not know, and for a preflight. */
  action: RelayCall['action'] | null;
  origin: string | null;
  /** What the page was answered. */
  status: number;
  /** `ok`, or the `error` of the answer. A stream that was cut short says so here. */
  outcome: 'ok' | RelayErrorCode;
  upstream: string;
  /** The status of the upstream's last answer; `null` when it was not asked, or did not answer. */
  upstreamStatus: number | null;
  /** The upstream's own id of the call that this started or looked at. */
  callId: string | null;
  durationMs: number;
}

/** A hook gets the page's request for its headers. The body is the relay's: it is read already. */
type Hook<T> = (request: Request, call: RelayCall) => T | Promise<T>;

export interface RelayOptions {
  /** `osmtalk(…)`, `osvi(…)`, `dialnexa(…)`, or one of your own. */
  upstream: Upstream;
  /** All that passes. Everything else is 404 and never reaches the upstream. */
  allow: {
    /** The names by which pages may call agents. OSVI and DialNexa use the agent they were made with for each of them. */
    agents: readonly string[];
    features: readonly Feature[];
    /** The lines a callback may go out on. Default: any the upstream takes. */
    phoneNumberIds?: readonly string[];
    /** How the numbers a callback may ring begin, e.g. `['+49', '+43']`. Default: any, at the risk of paying for all of them. */
    destinations?: readonly string[];
  };
  /** Pages that may ask: `https://site.example`, or `https://*.site.example` for all below it (and not itself). */
  origins: readonly string[];
  /**
   * Signs the ids that pages get; 16 characters or more. Set it when several instances run, or when conversations shall
   * survive a restart. Default: a random one of this process.
   */
  secret?: string | Uint8Array;
  /** `false` is 403. Decides alone about a request without `Origin`, which is 403 when there is no such hook. */
  authorize?: Hook<boolean>;
  /** `false` is 403. Asked before anything goes to the upstream, e.g. about a token in a header; see `pageHeaders`. */
  botCheck?: Hook<boolean>;
  /** Values for the agent's prompt that the page cannot change: they win over those it sent. */
  dynamicVariables?: Hook<Record<string, unknown> | undefined>;
  /** The site's own name of the visitor, e.g. from its session. Ids are then good for this visitor alone. */
  visitor?: (request: Request) => string | undefined | Promise<string | undefined>;
  /**
   * The visitor's network address, for the rate limit: from the socket, or from a header that your proxy sets. No header is
   * trusted by default, since any client can send it; all visitors then share one limit.
   */
  address?: (request: Request) => string | undefined;
  /** `false` for none. Defaults: see `RateLimitOptions`. */
  rateLimit?: RateLimitOptions | false;
  /** Further headers a page may send, for the hooks. They are not passed on. */
  pageHeaders?: readonly string[];
  /** Called once for every answer, at its end. What it throws is ignored. */
  audit?: (entry: AuditEntry) => void | Promise<void>;
  /** Of a page's request. Default 65,536. */
  maxBodyBytes?: number;
  /** Of an upstream's answer, whole or streamed. Default 1,048,576. */
  maxAnswerBytes?: number;
  /** For a page's body, an upstream's answer, and the silence between two pieces of a stream. Default 30,000 ms. */
  timeoutMs?: number;
  /** For a whole streamed reply. Default 120,000 ms. */
  maxStreamMs?: number;
  /** Default `globalThis.fetch`. */
  fetch?: typeof fetch;
}

type WithDefault = 'maxBodyBytes' | 'maxAnswerBytes' | 'timeoutMs' | 'maxStreamMs' | 'pageHeaders';

/** The options, read and with their defaults. */
export type RelaySettings = Omit<RelayOptions, WithDefault> &
  Required<Pick<RelayOptions, WithDefault>> & {
    /** What is offered: what the upstream can and the site wants. */
    features: readonly Feature[];
  };

const FEATURES: readonly Feature[] = ['voice', 'chat', 'callback'];
const SHORTEST_SECRET = 16;

/** The options with their defaults. Throws a `TypeError` for what would leave the door open, or shut for everybody. */
export function readOptions(options: RelayOptions): RelaySettings {
  const { allow, secret } = options;
  if (allow.agents.length === 0) throw new TypeError('createRelay: `allow.agents` is empty');
  const unknown = allow.features.find((feature) => !FEATURES.includes(feature));
  if (unknown !== undefined || allow.features.length === 0)
    throw new TypeError(`createRelay: \`allow.features\` takes ${FEATURES.join(', ')}`);
  if (secret !== undefined && secret.length < SHORTEST_SECRET)
    throw new TypeError(`createRelay: \`secret\` needs ${SHORTEST_SECRET} characters or more`);
  return {
    ...options,
    pageHeaders: (options.pageHeaders ?? []).map(readHeaderName),
    features: FEATURES.filter(
      (feature) => allow.features.includes(feature) && options.upstream.features.includes(feature),
    ),
    maxBodyBytes: readLimit('maxBodyBytes', options.maxBodyBytes, 65_536),
    maxAnswerBytes: readLimit('maxAnswerBytes', options.maxAnswerBytes, 1_048_576),
    timeoutMs: readLimit('timeoutMs', options.timeoutMs, 30_000),
    maxStreamMs: readLimit('maxStreamMs', options.maxStreamMs, 120_000),
  };
}

function readLimit(name: string, value: number | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  if (!Number.isFinite(value) || value <= 0)
    throw new TypeError(`createRelay: \`${name}\` must be more than 0`);
  return value;
}

function readHeaderName(name: string): string {
  if (!/^[\w-]+$/.test(name))
    throw new TypeError(`createRelay: ${JSON.stringify(name)} is no name of a header`);
  return name.toLowerCase();
}
