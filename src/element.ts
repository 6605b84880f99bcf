export { OsmtalkWidget } from './element/osmtalk-widget.js';
export type {
  CallEndDetail,
  CallStartDetail,
  ErrorDetail,
  MessageDetail,
  OsmtalkEventMap,
  StateChangeDetail,
} from './element/events.js';
export type { CallState } from './call/call-state.js';
export type { ClientTool } from './call/client-tools.js';
export type { PreflightCheck, PreflightReport, PreflightResult } from './voice/preflight.js';
export type { Messages } from './i18n/messages.en.js';
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
