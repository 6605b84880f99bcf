import type { AnswerStore } from './answer-store.js';
import type { FailureReport } from './failure-report.js';
import type { RateLimitOptions } from './rate-limit.js';
import type { RelayErrorCode } from './relay-error.js';
import type { Feature, Upstream } from './upstream.js';

/** What the hooks learn about a request: nothing of its body. */
export interface RelayCall {
  /**
   * `record`: the page reads the record of a call it started. `features`: it asks what is offered. `report`: it reports a call that
   * failed.
   */
  action: Feature | 'record' | 'features' | 'report';
  /** One of `allow.agents`; `null` for `record`, `features` and `report`. */
  agentId: string | null;
  /**
   * The relay's own random id of the visitor, or the pseudonym of the name that the `visitor` option gave; `null` before there
   * is one.
   */
  visitor: string | null;
}

/** One line of the audit. Holds no secret, no phone number and no word of a conversation. */
export interface AuditEntry extends Omit<RelayCall, 'action'> {
  /** ISO 8601. */
  at: string;
  /** `null` for a path that the relay does not know, and for a preflight. */
  action: RelayCall['action'] | null;
  origin: string | null;
  /** The status of the answer to the page. */
  status: number;
  /** `ok`, or the `error` of the answer. A stream that was cut short says so here. */
  outcome: 'ok' | RelayErrorCode;
  upstream: string;
  /** The status of the upstream's last answer; `null` when it was not asked, or did not answer. */
  upstreamStatus: number | null;
  /** The upstream's own id of the call that this request started or read. */
  callId: string | null;
  durationMs: number;
}

/** A hook gets the page's request for its headers. The body belongs to the relay, which reads it. */
type Hook<T> = (request: Request, call: RelayCall) => T | Promise<T>;

export interface RelayOptions {
  /** `osmtalk(…)`, `osvi(…)`, `dialnexa(…)`, `livekit(…)`, `pipecat(…)`, or one of your own. */
  upstream: Upstream;
  /** What the relay lets through; nothing else reaches the upstream. An agent or a feature that is not listed is 404. */
  allow: {
    /**
     * The names that pages may use for agents. Every upstream but osmTalk uses the one agent it was made with for all of them.
     */
    agents: readonly string[];
    features: readonly Feature[];
    /** The ids of the phone lines that a callback may be made from. Default: any the upstream takes. */
    phoneNumberIds?: readonly string[];
    /**
     * How the numbers that a callback may call begin: `['+49', '!+49151']`, the longest entry decides. `'any'`: every country.
     * Required for callbacks. Numbers that cost more than ordinary ones are called only where an entry names their range; see
     * `Destinations`.
     */
    destinations?: readonly string[] | 'any';
    /** The `dynamicVariables` a page may set. Default: any for voice and chat, none for callbacks. */
    variables?: readonly string[];
    /** The `metadata` a page may set. Default: any; none with the `visitor` option. */
    metadata?: readonly string[];
    /** What a page may change of the agent by `assistantOverride`, e.g. `['firstMessage']`. Default: nothing. */
    overrides?: readonly string[];
    /** The versions of the agent a page may ask for. Default: none, the upstream's own choice. */
    agentVersions?: readonly number[];
  };
  /**
   * The origins of pages that may use the relay: `https://site.example`, or `https://*.site.example` for all below it (and not
   * itself).
   */
  origins: readonly string[];
  /**
   * The path before `/api/widget/…`, exactly: `/osmtalk`. Default: any, so that a guard that you put before one path of this
   * server can be bypassed by another path.
   */
  basePath?: string;
  /**
   * Signs the ids that pages get; 16 characters or more. Set it when several instances run, or when conversations shall
   * survive a restart. Default: a random one of this process.
   */
  secret?: string | Uint8Array;
  /** `false` is 403. Only this hook decides about a request without `Origin`, which is 403 when there is no such hook. */
  authorize?: Hook<boolean>;
  /** `false` is 403. Called before anything is sent to the upstream, e.g. to check a token in a header; see `pageHeaders`. */
  botCheck?: Hook<boolean>;
  /** Values for the agent's prompt that the page cannot change: they win over those it sent. */
  dynamicVariables?: Hook<Record<string, unknown> | undefined>;
  /** Like `dynamicVariables`: facts for the upstream's records that win over the page's. For voice and chat. */
  metadata?: Hook<Record<string, unknown> | undefined>;
  /**
   * The site's own name of the visitor, e.g. from its session. Ids are then valid for this visitor alone, and the name is sent
   * to the upstream in the place of the page's `userId`. `undefined`: nobody is logged in.
   */
  visitor?: (request: Request) => string | undefined | Promise<string | undefined>;
  /**
   * The visitor's network address, for the rate limit: from the socket, or from a header that your proxy sets. No header is
   * trusted by default, since any client can send it; all visitors then share one limit.
   */
  address?: (request: Request) => string | undefined | Promise<string | undefined>;
  /** `false` for none. Defaults: see `RateLimitOptions`. */
  rateLimit?: RateLimitOptions | false;
  /**
   * Where instances share the answers to repeated `Idempotency-Key`s; needs `secret`. Default: the memory of this process, so
   * that another instance would make a call again.
   */
  answers?: AnswerStore;
  /** Further headers a page may send, for the hooks. They are not passed on. */
  pageHeaders?: readonly string[];
  /**
   * Takes the report of a failed call, where pages name `POST /api/widget/reports` in `report-url`. Called after `authorize`, without
   * `botCheck`, since a beacon has no headers of its own. Default: such a request is 404.
   */
  onReport?: (report: FailureReport, request: Request, call: RelayCall) => void | Promise<void>;
  /** Called once for every answer, at its end. What it throws is ignored. */
  audit?: (entry: AuditEntry) => void | Promise<void>;
  /** The largest body of a page's request. Default 65,536. */
  maxBodyBytes?: number;
  /** The largest answer of an upstream, whole or streamed. Default 1,048,576. */
  maxAnswerBytes?: number;
  /** The limit for a page's body, a hook, a store, an upstream's answer, and the silence in a stream. Default 30,000 ms. */
  timeoutMs?: number;
  /** The limit for a whole streamed reply. Default 120,000 ms. */
  maxStreamMs?: number;
  /** Default `globalThis.fetch`. */
  fetch?: typeof fetch;
}
