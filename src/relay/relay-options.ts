import type { AnswerStore } from './answer-store.js';
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
  /** `osmtalk(…)`, `osvi(…)`, `dialnexa(…)`, `livekit(…)`, `pipecat(…)`, or one of your own. */
  upstream: Upstream;
  /** All that passes. Everything else is 404 and never reaches the upstream. */
  allow: {
    /** The names by which pages may call agents. All but osmTalk use the agent they were made with for each of them. */
    agents: readonly string[];
    features: readonly Feature[];
    /** The lines a callback may go out on. Default: any the upstream takes. */
    phoneNumberIds?: readonly string[];
    /**
     * How the numbers a callback may ring begin: `['+49', '!+49151']`, the longest entry decides. `'any'`: every country. Required for
     * callbacks. Numbers that cost more than those of people ring only where an entry names their range; see `Destinations`.
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
  /** Pages that may ask: `https://site.example`, or `https://*.site.example` for all below it (and not itself). */
  origins: readonly string[];
  /**
   * The path before `/api/widget/…`, exactly: `/osmtalk`. Default: any, so that whatever else you put before one path of this
   * server can be walked around by another.
   */
  basePath?: string;
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
  /** Like `dynamicVariables`: facts for the upstream's records that win over the page's. For voice and chat. */
  metadata?: Hook<Record<string, unknown> | undefined>;
  /**
   * The site's own name of the visitor, e.g. from its session. Ids are then good for this visitor alone, and the name goes to the
   * upstream in the place of the page's `userId`. `undefined`: nobody who is logged in.
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
   * Where instances share what a repeated `Idempotency-Key` was answered; needs `secret`. Default: the memory of this process, so
   * that another instance would phone again.
   */
  answers?: AnswerStore;
  /** Further headers a page may send, for the hooks. They are not passed on. */
  pageHeaders?: readonly string[];
  /** Called once for every answer, at its end. What it throws is ignored. */
  audit?: (entry: AuditEntry) => void | Promise<void>;
  /** Of a page's request. Default 65,536. */
  maxBodyBytes?: number;
  /** Of an upstream's answer, whole or streamed. Default 1,048,576. */
  maxAnswerBytes?: number;
  /** For a page's body, a hook, a store, an upstream's answer, and the silence in a stream. Default 30,000 ms. */
  timeoutMs?: number;
  /** For a whole streamed reply. Default 120,000 ms. */
  maxStreamMs?: number;
  /** Default `globalThis.fetch`. */
  fetch?: typeof fetch;
}
