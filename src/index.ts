import { defineOsmtalkWidget } from './element/define.js';

defineOsmtalkWidget();

export * from './element.js';
export { TAG_NAME } from './element/define.js';
export * from './client.js';
export * from './failures.js';
