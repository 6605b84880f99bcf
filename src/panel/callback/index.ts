export { CallbackController, type CallbackControllerOptions } from './callback-controller.js';
