import { dispatchFrom } from '../../contract/events.js';
import type { LauncherPlace } from '../../contract/launcher-place.js';
import { interfaceLanguage } from '../../i18n/interface-language.js';
import { localeName } from '../../i18n/locale-name.js';
import { adoptStyles } from '../../ui/adopt-styles.js';
import { inPageStyles } from './in-page-styles.js';
import type { KeptHost } from './kept-host.js';
import { keepEvents } from './keep-events.js';
import { keepUsable } from './keep-usable.js';
import { settingsCheck } from './settings-check.js';
import { LauncherParts } from './launcher-parts.js';
import { returnFocus } from './return-focus.js';
import { UnreadCount } from './unread-count.js';
import { wordsOf } from './words-of.js';

export { keepElement, type KeptElement } from './keep-element.js';
export type { KeptHost } from './kept-host.js';

/** A widget that can be used whatever the page listens to, locks or traps, with all that belongs to its closed launcher. */
export interface Settled {
  /** Called when the element is back in a document, or its settings have changed. */
  look(): void;
  /** Shows a teaser now: this text, or else that of the `teaser` attribute. `null` takes it away. */
  tease(text: string | null | undefined): void;
  /** The element leaves the document. */
  leave(): void;
}

/** What runs from the moment the element is in a document until it leaves. */
interface OneStay {
  parts: LauncherParts;
  unread: UnreadCount;
  leave: () => void;
}

/** Settles an element, until `leave()`; a later `look()` settles it again. */
export function settleIn(host: KeptHost, shadowRoot: ShadowRoot): Settled {
  let stay: OneStay | null = null;
  const checkSettings = settingsCheck();
  const settled: Settled = {
    look: () => {
      if (!host.isConnected) return;
      stay ??= enter(host, shadowRoot);
      stay.unread.look();
      stay.parts.look();
      checkSettings(host);
    },
    tease: (text) => stay?.parts.tease(text),
    leave: () => {
      stay?.leave();
      stay = null;
    },
  };
  settled.look();
  return settled;
}

function enter(host: KeptHost, shadowRoot: ShadowRoot): OneStay {
  const stay = new AbortController();
  const { signal } = stay;
  adoptStyles(shadowRoot, inPageStyles);
  keepEvents(host, shadowRoot, signal);
  keepUsable(host, shadowRoot, signal);
  returnFocus(host, shadowRoot, signal);
  const place: LauncherPlace = {
    host,
    shadowRoot,
    root: shadowRoot.querySelector('.root') as HTMLElement,
    launcher: shadowRoot.querySelector('.launcher') as HTMLElement,
    signal,
    dispatch: dispatchFrom(host),
    language: () => interfaceLanguage(host),
    localeOf: localeName,
    words: () => wordsOf(host),
  };
  return { parts: new LauncherParts(place), unread: new UnreadCount(place), leave: () => stay.abort() };
}
