import { EVENT_NAMES } from '../../src/contract/events.js';

const MAX_LINES = 300;

/** The live list of everything the element says, newest first. */
export function logEvents(element: HTMLElement): void {
  const list = document.querySelector('#events');
  const verbose = document.querySelector<HTMLInputElement>('#verbose');
  for (const name of EVENT_NAMES) {
    element.addEventListener(name, (event) => {
      const { detail } = event as CustomEvent<{ final?: boolean } | null>;
      if (name === 'osmtalk-transcript' && !detail?.final && !verbose?.checked) return;
      list?.prepend(line(name, detail));
      while (list && list.childElementCount > MAX_LINES) list.lastElementChild?.remove();
    });
  }
  document.querySelector('#clear')?.addEventListener('click', () => list?.replaceChildren());
}

function line(name: string, detail: unknown): HTMLElement {
  const time = document.createElement('time');
  time.textContent = new Date().toLocaleTimeString('en-GB', { hour12: false });
  const title = document.createElement('strong');
  title.textContent = name;
  const item = document.createElement('li');
  item.append(time, ' ', title, ' ', detail === null ? '' : JSON.stringify(detail));
  return item;
}
