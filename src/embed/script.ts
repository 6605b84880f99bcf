import { TAG_NAME, defineOsmtalkWidget } from '../element/define.js';

// A classic script knows its own tag; inside a module this would be null. Read at once: later it is another script's.
const script = document.currentScript;

defineOsmtalkWidget();
if (script?.hasAttribute('data-agent-id')) whenBody(() => append(script));
// Bundlers and tag managers add `data-*` of their own; these two are meant for the widget.
else if (script?.hasAttribute('data-api-key') || script?.hasAttribute('data-base-url'))
  console.warn('The script tag of <osmtalk-widget> needs a data-agent-id attribute.');

/** `<script data-agent-id="…" data-api-key="…">`: every `data-*` becomes the attribute of that name on a new element. */
function append(from: Element): void {
  const element = document.createElement(TAG_NAME);
  for (const name of from.getAttributeNames()) {
    if (name.startsWith('data-'))
      element.setAttribute(name.slice('data-'.length), from.getAttribute(name) ?? '');
  }
  document.body.append(element);
}

function whenBody(run: () => void): void {
  if (document.body) run();
  else document.addEventListener('DOMContentLoaded', run, { once: true });
}
