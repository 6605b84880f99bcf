export {
  ConnectionCheckController,
  type ConnectionCheckControllerOptions,
} from './connection-check-controller.js';
