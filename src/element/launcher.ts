import type { LocaleName } from '../i18n/locale-name.js';
import { importLauncher } from './import-launcher.js';
import { whenParsed } from './schedule.js';

/** How long the launcher waits for its text in the page's language before it shows in English. */
const WAIT_MS = 1_000;

export interface Launcher {
  root: HTMLElement;
  button: HTMLButtonElement;
  /**
   * Labels the launcher with the site's own text, which is in the language of the page, or with ours in `locale`. The button
   * shows with its first label, so that it never changes its width: our text may still have to load. Where it cannot be
   * loaded, or not within a second, the label is English.
   */
  setLabel(own: string | undefined, locale: LocaleName): void;
  setExpanded(expanded: boolean): void;
}

let inUse = false;

/** Whether an element of this copy of the widget has been in a document yet. */
export const isInUse = (): boolean => inUse;

/**
 * Creates the corner button in plain DOM, since it must show before any library has loaded. `onIntent` is called when the
 * visitor reaches for the button by pointer, focus or touch: at most three times.
 */
export function createLauncher(onPress: () => void, onIntent: () => void): Launcher {
  inUse = true;
  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('part', 'launcher');
  button.setAttribute('aria-haspopup', 'dialog');
  const icon = document.createElement('i');
  const label = document.createElement('span');
  button.append(icon, label);
  // A page may slot in its own launcher; clicks on that one and on ours both bubble through the slot.
  const slot = document.createElement('slot');
  slot.name = 'launcher';
  const root = document.createElement('div');
  root.className = 'launcher';
  root.append(slot);
  /** What `setLabel` was given last. */
  let wanted = '';
  const show = (text: string, lang: string | null): void => {
    label.textContent = text;
    // Removed, not set to an empty string: an empty `lang` means an unknown language.
    if (lang === null) label.removeAttribute('lang');
    else label.lang = lang;
    if (!button.parentNode) slot.append(button);
  };
  root.addEventListener('click', onPress);
  for (const intent of ['pointerenter', 'focusin', 'touchstart'])
    root.addEventListener(intent, onIntent, { once: true, passive: true });
  return {
    root,
    button,
    setLabel: (own = '', locale) => {
      const key = `${locale} ${own}`;
      if (key === wanted) return;
      wanted = key;
      const showOurs = (text: string, lang: LocaleName): void => {
        if (key === wanted) show(text, lang);
      };
      const showEnglish = (): void => showOurs('Talk to us', 'en');
      if (own) show(own, null);
      else if (locale === 'en') showEnglish();
      // An import while the page is parsed would make many browsers refuse an import map further down in it.
      else
        whenParsed(() => {
          const timer = setTimeout(showEnglish, WAIT_MS);
          importLauncher(locale)
            .then(
              ({ launcher }) => showOurs(launcher, locale),
              () => {
                showEnglish();
                // The next change of the element tries again.
                if (key === wanted) wanted = '';
              },
            )
            .finally(() => clearTimeout(timer));
        });
    },
    setExpanded: (expanded) => button.setAttribute('aria-expanded', String(expanded)),
  };
}
