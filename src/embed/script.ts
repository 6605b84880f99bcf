import { TAG_NAME, defineOsmtalkWidget } from '../element/define.js';

// A classic script knows its own tag; inside a module this would be null. Read at once: later it is another script's.
const script = document.currentScript;

defineOsmtalkWidget();
if (script?.dataset.agentId !== undefined) whenBody(() => append(script));
// Bundlers and tag managers add `data-*` of their own; these two are meant for the widget.
else if (script?.dataset.apiKey !== undefined || script?.dataset.baseUrl !== undefined)
  console.warn('The script tag of <osmtalk-widget> needs a data-agent-id attribute.');

/** `<script data-agent-id="…" data-api-key="…">`: every `data-*` becomes the attribute of that name on a new element. */
function append(from: Element): void {
  const element = document.createElement(TAG_NAME);
  for (const { name, value } of from.attributes) {
    if (name.startsWith('data-')) element.setAttribute(name.slice('data-'.length), value);
  }
  document.body.append(element);
}

function whenBody(run: () => void): void {
  if (document.body) run();
  else document.addEventListener('DOMContentLoaded', run, { once: true });
}
