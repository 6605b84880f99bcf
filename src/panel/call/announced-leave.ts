/** How long an announced navigation counts: the page stays until the server of the next page has answered, which may be slow. */
const HOLDS_FOR_MS = 30_000;

/**
 * Knows whether another page of this site is about to replace this one. The Navigation API reports links, forms, scripts,
 * `location.reload()` and going back; where it is missing, listeners see links and forms being used. The reload keys are seen
 * everywhere. Nothing reports the browser's own reload button: to a page it looks like a closed tab.
 */
export class AnnouncedLeave {
  #atMs: number | null = null;
  /** Whether the last navigation that the Navigation API reported is the one that leaves this page. */
  #isLast = false;

  /** `panel` has its own listener, since keys that are pressed in it are hidden from the page. */
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
    // A router of the page has intercepted the navigation: it took place within the page.
    navigation.addEventListener('navigatesuccess', () => this.#isLast && this.#note(false), { signal });
  }

  get isAnnounced(): boolean {
    return this.#atMs !== null && performance.now() - this.#atMs < HOLDS_FOR_MS;
  }

  #noteNavigation({ destination, downloadRequest, hashChange }: NavigateEvent): void {
    // A navigation within the page, such as a script's `replaceState()`, does not stop one that is leaving the page.
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
  // By its position too: a keyboard of another script has no R.
  return key === 'F5' || ((ctrlKey || metaKey) && (code === 'KeyR' || /^r$/i.test(key)));
}

function isOfThisSite(url: string): boolean {
  try {
    return new URL(url, document.baseURI).origin === location.origin;
  } catch {
    return false;
  }
}

/** Returns where a clicked link leads in this tab; `null` when it opens elsewhere or stays within the page. */
function leadsTo(event: MouseEvent): string | null {
  const { button, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return null;
  const link = event.composedPath().find((each) => each instanceof HTMLAnchorElement && each.href !== '');
  if (!(link instanceof HTMLAnchorElement) || link.hasAttribute('download')) return null;
  const isWithinPage = link.hash !== '' && link.href.split('#')[0] === location.href.split('#')[0];
  return isWithinPage || !isThisTab(link.target) ? null : link.href;
}

/** Returns where a form is sent in this tab; `null` when it is sent elsewhere or not at all. */
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
