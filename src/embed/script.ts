import { TAG_NAME, defineOsmtalkWidget } from '../element/define.js';
import { keepOnPage } from '../element/keep-on-page.js';
import { isInUse } from '../element/launcher.js';
import { OsmtalkWidget } from '../element/osmtalk-widget.js';
import { whenParsed } from '../element/schedule.js';
import { namedScripts, ofDocument, ownScript } from './own-script.js';
import { applySettings, readSettings, type Settings } from './settings.js';

const LOOK_EVERY_MS = 500;

/** How often the script looks again after the page has loaded: the page's own code may still set something, or add an element. */
let looks = 8;

defineOsmtalkWidget();
if (!show(readSettings(ownScript))) whenParsed(lookAgain);

/** Looks again for elements that are parsed after this script, and for settings that a tag manager adds after loading it. */
function lookAgain(): void {
  if (showWhatIsNamed()) return;
  if (document.readyState === 'complete') looks -= 1;
  if (looks > 0) setTimeout(lookAgain, LOOK_EVERY_MS);
  // A second copy of the script does not warn: the custom element is that of the first copy.
  else if (!isInUse() && customElements.get(TAG_NAME) === OsmtalkWidget)
    console.warn(
      '<osmtalk-widget> has nothing to show: no element, data-agent-id, ?agent-id= or osmtalkSettings.',
    );
}

/** Also reads the script elements that name our file: a module, or code in a bundle, does not know its own element. */
function showWhatIsNamed(): boolean {
  return (
    show(readSettings(ownScript)) ||
    // When this script knows its own element, and the page has a widget already, the other script elements are ignored: the page
    // may have blocked them for a reason.
    Boolean(ownScript && isInUse()) ||
    namedScripts().filter((script) => show(readSettings(script))).length > 0
  );
}

/** Shows the widget of the agent that these settings name: at once, or when there is a body. Returns whether they name one. */
function show(settings: Settings): boolean {
  const isNamed = Boolean(settings['agent-id']);
  if (isNamed && ofDocument('body')) append(settings);
  else if (isNamed) whenParsed(() => append(settings));
  return isNamed;
}

/** Adds the widget, unless the page has one of the same agent already. */
function append(settings: Settings): void {
  const own = document.createElement(TAG_NAME);
  applySettings(settings, own);
  const twins = (): OsmtalkWidget[] =>
    [...document.querySelectorAll(TAG_NAME)].filter(({ agentId }) => agentId === own.agentId);
  if (twins().length > 0) return;
  place(own);
  // The page's own element may stand further down than the parser has come so far: the script's element is then removed.
  whenParsed(() => {
    if (twins().length > 1 && !own.open) own.remove();
  });
}

/** Adds the script's element to the page. */
function place(element: OsmtalkWidget): void {
  (ofDocument('body') as Element).append(element);
  keepOnPage(element);
}
