export { createMarkdownView, type MarkdownView } from './markdown-view.js';
