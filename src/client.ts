export { ApiError, type ApiErrorCode } from './api/api-error.js';
export type { CallOffer, CallRecord, ChatReply, RelayFeatures, TranscriptItem } from './api/responses.js';
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
