export { attach } from './call-and-message.js';
