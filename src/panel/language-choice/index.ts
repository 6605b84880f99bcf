export { attach } from './language-choice.js';
