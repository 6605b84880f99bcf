export { OsmtalkWidget } from './element/osmtalk-widget.js';
export type {
  CallEndDetail,
  CallStartDetail,
  ConsentDetail,
  ErrorDetail,
  MessageDetail,
  OsmtalkEventMap,
  RatingDetail,
  RecordingDetail,
  StateChangeDetail,
} from './element/events.js';
export type { CallTrace, DiaryEntry } from './call/call-diary.js';
export type { CallState } from './call/call-state.js';
export type { ClientTool } from './call/client-tools.js';
export type { PreflightCheck, PreflightReport, PreflightResult } from './voice/preflight.js';
export type { Diagnostics } from './element/panel/diagnostics.js';
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
