export { ApiError, type ApiErrorCode } from './wire/api-error.js';
export type { CallOffer } from './wire/call-offer.js';
export type { CallRecord, TranscriptItem } from './wire/call-record.js';
export type { ChatReply } from './wire/chat-reply.js';
export type { RelayFeatures } from './wire/relay-features.js';
export { WidgetClient } from './api/widget-client.js';
export type {
  CallFilter,
  CallOptions,
  ChatBody,
  ChatOptions,
  ConnectBody,
  OutboundBody,
  PostOptions,
  WaitOptions,
  WidgetClientOptions,
} from './api/widget-client.js';
