import type { WidgetConfig } from '../../contract/widget-config.js';

/** The part of the element that this folder uses. */
export type KeptHost = HTMLElement & Pick<WidgetConfig, 'layout'>;
