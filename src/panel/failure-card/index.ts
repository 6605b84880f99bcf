export { cardStyles } from '../../ui/card-styles.js';
export { failureCardView, type FailureCardModel } from './failure-card-view.js';
export { describeFailureReason, guidanceFor } from './failure-guidance.js';
