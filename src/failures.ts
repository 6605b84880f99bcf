export { callConnected, type ConnectedFacts } from './failures/call-connected.js';
export { describeFailureReason } from './failures/describe-failure-reason.js';
export type { Failure, FailureGuidance } from './failures/failure.js';
export type { Blame } from './failures/failure-reasons.js';
export {
  isRetryableFailure,
  type CallFailureReason,
  type DeviceFailureReason,
  type FailureReason,
} from './failures/failure-reasons.js';
export { RETRYABLE_FAILURE_REASONS } from './failures/retryable-failure-reasons.js';
