import type { LauncherPart, LauncherPlace } from '../../contract/launcher-place.js';
import { adoptStyles } from '../../ui/adopt-styles.js';
import { cutText } from '../../ui/cut-text.js';
import { conversationKey } from '../../visitor/conversation-key.js';
import { digest } from '../../visitor/digest.js';
import { teaserStyles } from './teaser-styles.js';
import { isOnPath, readMoment, readMomentOrDefault } from './when.js';

/** The key under which the last teaser that this visitor has seen is remembered, by a digest of its text. */
const SEEN_KEY = 'osmtalk:teaser';

/** Shows the line beside the closed launcher. */
export const attach = (place: LauncherPlace): LauncherPart => new Teaser(place);

/**
 * A line beside the closed launcher, with a button to open the panel and one to dismiss it. It never opens the panel by itself,
 * takes no focus, moves nothing of the page, and stays away while the visitor has something else before them: the panel, a call,
 * a conversation, a modal dialog of the page.
 */
class Teaser implements LauncherPart {
  readonly #place: LauncherPlace;
  readonly #said = document.createElement('span');
  #bubble: HTMLElement | null = null;
  /** The text that was asked for by `showTeaser()`; `null` when none was. */
  #asked: string | null = null;
  /** What `look()` has seen last. */
  #settings = '';
  #line = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting = new AbortController();
  /** The moment of `teaser-after` has come. */
  #isDue = false;
  /** Dismissed on this page, or used. */
  #isDone = false;
  #hasMessages = false;

  constructor(place: LauncherPlace) {
    this.#place = place;
    const { host, shadowRoot, launcher, signal } = place;
    adoptStyles(shadowRoot, teaserStyles);
    this.#said.className = 'said';
    this.#said.setAttribute('role', 'status');
    launcher.before(this.#said);
    const listen = (name: string, run: () => void): void => host.addEventListener(name, run, { signal });
    listen('osmtalk-message', () => {
      this.#hasMessages = true;
      this.#show();
    });
    listen('osmtalk-open', () => this.#end());
    listen('osmtalk-call-start', () => this.#end());
    // A page may open and close modal dialogs, and change its address without being loaded anew.
    for (const name of ['toggle', 'close'])
      document.addEventListener(name, () => this.#show(), { capture: true, signal });
    addEventListener('popstate', () => this.#show(), { signal });
    (globalThis as { navigation?: EventTarget }).navigation?.addEventListener(
      'navigatesuccess',
      () => this.#show(),
      { signal },
    );
    signal.addEventListener('abort', () => {
      this.#stopWaiting();
      this.#bubble?.remove();
      this.#said.remove();
    });
  }

  look(): void {
    const { teaser = '', teaserAfter = '', teaserOn = '' } = this.#place.host;
    const settings = [teaser, teaserAfter, teaserOn].join('\n');
    if (settings !== this.#settings) {
      this.#settings = settings;
      if (readMoment(teaserAfter) === null)
        console.warn(
          `<osmtalk-widget> teaser-after="${String(teaserAfter).slice(0, 60)}" is ignored: expected seconds, exit or scroll:50.`,
        );
      this.#isDue = false;
      // Another line is another reason to speak.
      if (teaser.trim() !== this.#line) this.#isDone = false;
      this.#line = teaser.trim();
      if (teaser) this.#wait();
      else this.#stopWaiting();
    }
    this.#show();
  }

  tease(text: string | null | undefined): void {
    if (text === null) {
      this.#end();
      return;
    }
    this.#isDone = false;
    this.#asked = text ?? this.#place.host.teaser ?? '';
    this.#show();
  }

  #end(): void {
    this.#isDone = true;
    this.#asked = null;
    this.#stopWaiting();
    this.#show();
  }

  /** Waits for the moment that `teaser-after` names. */
  #wait(): void {
    this.#stopWaiting();
    const { signal } = this.#waiting;
    const due = (): void => {
      this.#stopWaiting();
      this.#isDue = true;
      this.#show();
    };
    const moment = readMomentOrDefault(this.#place.host.teaserAfter);
    if (moment.kind === 'seconds') {
      this.#timer = setTimeout(due, moment.seconds * 1000);
    } else if (moment.kind === 'exit') {
      const root = document.documentElement;
      root.addEventListener('pointerleave', ({ clientY }) => clientY <= 0 && due(), { signal });
    } else {
      const look = (): void => {
        const { scrollTop, scrollHeight, clientHeight } =
          document.scrollingElement ?? document.documentElement;
        const room = scrollHeight - clientHeight;
        // A page that has nothing to scroll is seen whole.
        if (room <= 0 || (scrollTop / room) * 100 >= moment.percent) due();
      };
      addEventListener('scroll', look, { signal, passive: true });
      look();
    }
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer);
    this.#waiting.abort();
    this.#waiting = new AbortController();
  }

  get #text(): string {
    const { teaser = '', teaserOn } = this.#place.host;
    if (this.#isDone || isAway(this.#place)) return '';
    if (this.#asked !== null) return this.#asked.trim();
    const isFor =
      isOnPath(teaserOn, location.pathname) && !this.#hasMessages && !hasConversation(this.#place);
    const text = teaser.trim();
    const isShown = this.#bubble !== null;
    return this.#isDue && isFor && (isShown || !this.#wasSeen(text)) ? text : '';
  }

  #show(): void {
    const text = this.#text;
    const bubble = this.#bubble;
    if (bubble?.querySelector('.say')?.textContent === cutText(text)) return;
    if (bubble) {
      bubble.remove();
      this.#bubble = null;
      this.#said.textContent = '';
    }
    if (text === '') return;
    this.#bubble = this.#build(cutText(text));
    this.#place.launcher.before(this.#bubble);
    this.#said.textContent = cutText(text);
    if (this.#asked === null) this.#remember(text);
    this.#place.dispatch('osmtalk-teaser', { action: 'shown' });
  }

  #build(text: string): HTMLElement {
    const { host, launcher, dispatch, words } = this.#place;
    const bubble = document.createElement('div');
    bubble.className = 'teaser';
    bubble.setAttribute('part', 'teaser');
    const say = button('say', () => {
      dispatch('osmtalk-teaser', { action: 'pressed' });
      this.#end();
      host.show();
    });
    say.dir = 'auto';
    say.textContent = text;
    const shut = button('shut', () => {
      dispatch('osmtalk-teaser', { action: 'dismissed' });
      this.#end();
      // The button that had the focus is gone.
      const shown = [...launcher.querySelectorAll('button')].find((each) => each.getClientRects().length > 0);
      shown?.focus({ preventScroll: true });
    });
    shut.setAttribute('aria-label', 'Close');
    void words().then(({ close }) => shut.setAttribute('aria-label', close));
    bubble.append(say, shut);
    return bubble;
  }

  /** `teaser-repeat`: `always` remembers nothing, and with `persist="none"` nothing is stored. Touching blocked storage throws. */
  #storage(): Storage | null {
    const { teaserRepeat, persist } = this.#place.host;
    if (teaserRepeat === 'always' || persist === 'none') return null;
    return teaserRepeat === 'once' ? localStorage : sessionStorage;
  }

  #wasSeen(text: string): boolean {
    try {
      return this.#storage()?.getItem(SEEN_KEY) === digest(text);
    } catch {
      return false;
    }
  }

  #remember(text: string): void {
    try {
      this.#storage()?.setItem(SEEN_KEY, digest(text));
    } catch {
      // Storage is blocked or full: the teaser is new on each page.
    }
  }
}

/** Whether the visitor has something else before them. */
function isAway({ host }: LauncherPlace): boolean {
  const isCalling = !['idle', 'ended', 'failed'].includes(host.callState);
  const hasLauncher = host.layout !== 'inline' && host.launcher !== 'none';
  return host.open || isCalling || !hasLauncher || hasModal();
}

function hasModal(): boolean {
  try {
    return document.querySelector('dialog:modal') !== null;
  } catch {
    // jsdom does not know the selector.
    return false;
  }
}

/** Whether a conversation is stored: a visitor who has one knows the widget. */
function hasConversation({ host }: LauncherPlace): boolean {
  const key = conversationKey(host);
  try {
    return key !== null && (localStorage.getItem(key) ?? sessionStorage.getItem(key)) !== null;
  } catch {
    return false;
  }
}

function button(className: string, onPress: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = className;
  made.addEventListener('click', onPress);
  return made;
}
