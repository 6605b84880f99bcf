/** So long a page may stay after it was announced that another takes its place: a slow server's answer is waited for in it. */
const HOLDS_FOR_MS = 30_000;

/**
 * Knows whether another page of this site is about to take the place of this one. The Navigation API tells of links, forms,
 * scripts, `location.reload()` and the way back; where it is missing, links and forms are seen as they are used. The reload keys
 * are seen everywhere. Nobody tells of the browser's own reload button: to a page it looks like a closed tab.
 */
export class AnnouncedLeave {
  #atMs: number | null = null;
  /** Of the Navigation API's navigations, what was announced is the last. */
  #isLast = false;

  /** `panel`: keys that are pressed in it are kept from the page. */
  constructor(panel: HTMLElement, signal: AbortSignal) {
    const options = { capture: true, signal };
    const onKey = (event: KeyboardEvent): void => {
      if (isReloadKey(event)) this.#note(true);
    };
    addEventListener('keydown', onKey, options);
    panel.addEventListener('keydown', onKey, options);
    const { navigation } = globalThis as { navigation?: Navigation };
    if (!navigation) {
      addEventListener('click', (event) => this.#noteIfSet(leadsTo(event)), options);
      addEventListener('submit', (event) => this.#noteIfSet(goesTo(event)), options);
      return;
    }
    navigation.addEventListener('navigate', (event) => this.#noteNavigation(event), { signal });
    // Taken over by a router of the page: it took place within the page.
    navigation.addEventListener('navigatesuccess', () => this.#isLast && this.#note(false), { signal });
  }

  get isAnnounced(): boolean {
    return this.#atMs !== null && performance.now() - this.#atMs < HOLDS_FOR_MS;
  }

  #noteNavigation({ destination, downloadRequest, hashChange }: NavigateEvent): void {
    // A step within the page, such as a script's `replaceState()`, does not hold up what is under way.
    this.#isLast = !destination.sameDocument && !hashChange && downloadRequest === null;
    if (!this.#isLast) return;
    this.#note(isOfThisSite(destination.url));
  }

  #noteIfSet(url: string | null): void {
    if (url !== null) this.#note(isOfThisSite(url));
  }

  #note(isAnnounced: boolean): void {
    this.#atMs = isAnnounced ? performance.now() : null;
  }
}

function isReloadKey({ key, code, ctrlKey, metaKey }: KeyboardEvent): boolean {
  // By its place too: a keyboard of another script has no R.
  return key === 'F5' || ((ctrlKey || metaKey) && (code === 'KeyR' || /^r$/i.test(key)));
}

function isOfThisSite(url: string): boolean {
  try {
    return new URL(url, document.baseURI).origin === location.origin;
  } catch {
    return false;
  }
}

/** Where a pressed link leads in this tab. */
function leadsTo(event: MouseEvent): string | null {
  const { button, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return null;
  const link = event.composedPath().find((each) => each instanceof HTMLAnchorElement && each.href !== '');
  if (!(link instanceof HTMLAnchorElement) || link.hasAttribute('download')) return null;
  const isWithinPage = link.hash !== '' && link.href.split('#')[0] === location.href.split('#')[0];
  return isWithinPage || !isThisTab(link.target) ? null : link.href;
}

/** Where a form is sent in this tab. */
function goesTo({ target: form, submitter }: SubmitEvent): string | null {
  if (!(form instanceof HTMLFormElement)) return null;
  const own = (name: string): string | null =>
    submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name);
  if (own('method') === 'dialog' || !isThisTab(own('target') ?? '')) return null;
  return own('action') || location.href;
}

function isThisTab(target: string): boolean {
  return target === '' || target === '_self' || (target === '_top' && window === window.top);
}
