import { TAG_NAME, defineOsmtalkWidget } from '../element/define.js';
import { keepOnPage } from '../element/keep-on-page.js';
import { isInUse } from '../element/launcher.js';
import { OsmtalkWidget } from '../element/osmtalk-widget.js';
import { namedScripts, ofDocument, ownScript } from './own-script.js';
import { applySettings, readSettings, type Settings } from './settings.js';

const LOOK_EVERY_MS = 500;

/** How often, once the page has loaded: its own code may still set something, or add an element. */
let looks = 8;

defineOsmtalkWidget();
if (!show(readSettings(ownScript))) whenParsed(lookAgain);

/** For what is parsed after this script, and for what a tag manager sets after it has loaded us. */
function lookAgain(): void {
  if (showWhatIsNamed()) return;
  if (document.readyState === 'complete') looks -= 1;
  if (looks > 0) setTimeout(lookAgain, LOOK_EVERY_MS);
  // A copy that came second has not the say.
  else if (!isInUse() && customElements.get(TAG_NAME) === OsmtalkWidget)
    console.warn(
      '<osmtalk-widget> has nothing to show: no element, data-agent-id, ?agent-id= or osmtalkSettings.',
    );
}

/** Looks also at script elements that name us: a module, or code in a bundle, does not know its own. */
function showWhatIsNamed(): boolean {
  return (
    show(readSettings(ownScript)) ||
    // Whoever knows its own, and has an element to serve, leaves alone what the page may have blocked for a reason.
    Boolean(ownScript && isInUse()) ||
    namedScripts().filter((script) => show(readSettings(script))).length > 0
  );
}

/** Whether these settings name an agent, who is then shown: at once, or when there is a body. */
function show(settings: Settings): boolean {
  const isNamed = Boolean(settings['agent-id']);
  if (isNamed && ofDocument('body')) append(settings);
  else if (isNamed) whenParsed(() => append(settings));
  return isNamed;
}

/** One agent is one widget, however often it is asked for. */
function append(settings: Settings): void {
  const own = document.createElement(TAG_NAME);
  applySettings(settings, own);
  const twins = (): OsmtalkWidget[] =>
    [...document.querySelectorAll(TAG_NAME)].filter(({ agentId }) => agentId === own.agentId);
  if (twins().length > 0) return;
  place(own);
  // The page's own element may stand further down than the parser has come.
  whenParsed(() => {
    if (twins().length > 1 && !own.open) own.remove();
  });
}

/** Puts the script's element into the page. */
function place(element: OsmtalkWidget): void {
  (ofDocument('body') as Element).append(element);
  keepOnPage(element);
}

function whenParsed(run: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', run, { once: true });
  else run();
}
