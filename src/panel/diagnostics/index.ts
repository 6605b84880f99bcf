export {
  collectDiagnostics,
  formatDiagnostics,
  type Diagnostics,
  type DiagnosticsSource,
  type RecordedError,
} from './diagnostics.js';
