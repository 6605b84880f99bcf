const SVG = 'http://www.w3.org/2000/svg';

/** A speech bubble with sound in it: talk or write. */
const ICON =
  'M12 3C6.5 3 2 6.8 2 11.5c0 2.3 1.1 4.4 2.9 5.9L4 21l4.2-1.9c1.2.3 2.5.5 3.8.5 5.5 0 10-3.7 10-8.1S17.5 3 12 3ZM8 9v5M12 7.5v8M16 9v5';

export interface Launcher {
  root: HTMLElement;
  button: HTMLButtonElement;
  setLabel(label: string): void;
  setExpanded(expanded: boolean): void;
}

/** The corner button, in plain DOM: it must stand before any library has arrived. */
export function createLauncher(): Launcher {
  const button = document.createElement('button');
  button.type = 'button';
  button.part.add('launcher');
  button.setAttribute('aria-haspopup', 'dialog');
  const label = document.createElement('span');
  button.append(icon(), label);
  // A page may put its own launcher in; presses on either bubble through the slot.
  const slot = document.createElement('slot');
  slot.name = 'launcher';
  slot.append(button);
  const root = document.createElement('div');
  root.className = 'launcher';
  root.append(slot);
  return {
    root,
    button,
    setLabel: (text) => (label.textContent = text),
    setExpanded: (expanded) => button.setAttribute('aria-expanded', String(expanded)),
  };
}

function icon(): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICON);
  svg.append(path);
  return svg;
}
