export { CallController, type CallControllerOptions } from './call-controller.js';
export type { RunningCallModel } from './running-call-view.js';
