export interface Launcher {
  root: HTMLElement;
  button: HTMLButtonElement;
  /** `lang` is `null` for words in the language of the page. */
  setLabel(label: string, lang: string | null): void;
  setExpanded(expanded: boolean): void;
}

let inUse = false;

/** Some element of this copy of the widget has been in a document. */
export const isInUse = (): boolean => inUse;

/** The corner button, in plain DOM: it must stand before any library has arrived. `onIntent`: the visitor reaches for it, up to three times. */
export function createLauncher(onPress: () => void, onIntent: () => void): Launcher {
  inUse = true;
  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('part', 'launcher');
  button.setAttribute('aria-haspopup', 'dialog');
  const icon = document.createElement('i');
  const label = document.createElement('span');
  button.append(icon, label);
  // A page may put its own launcher in; presses on either bubble through the slot.
  const slot = document.createElement('slot');
  slot.name = 'launcher';
  slot.append(button);
  const root = document.createElement('div');
  root.className = 'launcher';
  root.append(slot);
  root.addEventListener('click', onPress);
  for (const intent of ['pointerenter', 'focusin', 'touchstart'])
    root.addEventListener(intent, onIntent, { once: true, passive: true });
  return {
    root,
    button,
    setLabel: (text, lang) => {
      label.textContent = text;
      // Not an empty one, which would mean a language that nobody knows.
      if (lang === null) label.removeAttribute('lang');
      else label.lang = lang;
    },
    setExpanded: (expanded) => button.setAttribute('aria-expanded', String(expanded)),
  };
}
