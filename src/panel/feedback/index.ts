export { FeedbackController, type FeedbackOptions } from './feedback-controller.js';
