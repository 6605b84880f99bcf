import { OsmtalkWidget } from 'osmtalk-widget/element';
import { WidgetClient } from 'osmtalk-widget/client';
import { describeFailureReason } from 'osmtalk-widget/failures';
import type {} from 'osmtalk-widget';

export const widget: OsmtalkWidget = document.createElement('osmtalk-widget');
export const client = new WidgetClient({ apiKey: 'osm_1' });
export const { title } = describeFailureReason('sip_no_answer');

widget.addEventListener('osmtalk-call-end', ({ detail }) => detail.durationSeconds.toFixed());
// @ts-expect-error no such detail
widget.addEventListener('osmtalk-call-end', ({ detail }) => detail.seconds);
// @ts-expect-error no layout of that name
widget.layout = 'sideways';
