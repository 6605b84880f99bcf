import { renderAgents } from './agents.js';
import { logEvents } from './event-log.js';
import { renderSettings } from './settings.js';

const element = document.querySelector('osmtalk-widget');
if (!element) throw new Error('The page has lost its widget');

element.setAttribute('base-url', location.origin);
element.setAttribute(
  'starters',
  JSON.stringify(['What are your opening hours?', 'I would like an appointment']),
);
renderSettings(element);
logEvents(element);
await renderAgents(element);
