export { attach } from './teaser.js';
