export { OsmtalkWidget } from './element/osmtalk-widget.js';
export type {
  CallEndDetail,
  CallStartDetail,
  CallbackDetail,
  ConsentDetail,
  FeedbackDetail,
  MessageDetail,
  OsmtalkEventMap,
  RatingDetail,
  RecordingDetail,
  StateChangeDetail,
  TeaserDetail,
} from './contract/events.js';
export type { ErrorDetail } from './failures/describe-error.js';
export type { CallTrace, TimelineEntry } from './call/call-timeline.js';
export type { CallState } from './call/call-state.js';
export type { ClientTool } from './call/client-tools.js';
export type { PreflightCheck, PreflightReport, PreflightResult } from './voice/preflight.js';
export type { Diagnostics } from './panel/diagnostics/index.js';
export type { LinkStats } from './voice/link-stats.js';
export type { Messages } from './i18n/messages.en.js';
export type { Strings } from './i18n/strings.js';
export type {
  AgentState,
  AudioTotals,
  ConnectOptions,
  LinkEnd,
  ToolStatus,
  TranscriptEntry,
  TransportEvent,
  TransportLoader,
  VoiceTransport,
} from './voice/transport.js';
