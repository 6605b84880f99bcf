export { createRelay } from './relay/create-relay.js';
export type { RateLimitOptions } from './relay/rate-limit.js';
export {
  MemoryRateLimitStore,
  type CountedLimit,
  type CountedRequests,
  type Limit,
  type MemoryStoreOptions,
  type RateLimitStore,
  type TakenRequests,
} from './relay/rate-limit-store.js';
export type { AnswerStore } from './relay/answer-store.js';
export { RelayError, type RelayErrorCode } from './relay/relay-error.js';
export type { FailureReport } from './relay/failure-report.js';
export type { AuditEntry, RelayCall, RelayOptions } from './relay/relay-options.js';
export type {
  CallbackRequest,
  CallFacts,
  ChatAnswer,
  ChatRequest,
  ChatEvent,
  ChatReply,
  ConnectAnswer,
  ConnectRequest,
  Feature,
  Upstream,
} from './relay/upstream.js';
export type { ServerEvent } from './relay/event-stream.js';
export type { UpstreamLink, UpstreamRequest, UpstreamText } from './relay/upstream-link.js';
export { dialnexa, type DialnexaOptions } from './relay/upstreams/dialnexa.js';
export { livekit, type LivekitOptions } from './relay/upstreams/livekit.js';
export { osmtalk, type OsmtalkOptions } from './relay/upstreams/osmtalk.js';
export { osvi, type OsviOptions } from './relay/upstreams/osvi.js';
export { pipecat, type PipecatOptions } from './relay/upstreams/pipecat.js';
export { verifyWebhookSignature } from './relay/webhook-signature.js';
