import type { WidgetConfig } from '../../contract/widget-config.js';

/** What is looked at of the element. */
export type KeptHost = HTMLElement & Pick<WidgetConfig, 'layout'>;
