export interface Launcher {
  root: HTMLElement;
  button: HTMLButtonElement;
  /** `lang` is `null` when the label is in the language of the page. */
  setLabel(label: string, lang: string | null): void;
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
      // Removed, not set to an empty string: an empty `lang` means an unknown language.
      if (lang === null) label.removeAttribute('lang');
      else label.lang = lang;
    },
    setExpanded: (expanded) => button.setAttribute('aria-expanded', String(expanded)),
  };
}
