import type { MessageDetail } from '../../contract/events.js';
import type { LauncherPlace } from '../../contract/launcher-place.js';
import { fill } from '../../i18n/messages.en.js';
import { conversationKey } from '../../visitor/conversation-key.js';
import { openChannel } from '../../visitor/open-channel.js';
import { RESET_CHANNEL } from '../../visitor/stored-keys.js';

/** More are not counted one by one. */
const MOST_SHOWN = 99;

/**
 * Counts the replies that come while the panel is closed, shows them on the launcher, and says once for each that there are new
 * messages. The count is kept with the conversation; with `persist="local"` it is that of all tabs of the site.
 */
export class UnreadCount {
  readonly #place: LauncherPlace;
  readonly #badge = document.createElement('b');
  readonly #said = document.createElement('span');
  #key: string | null = null;
  #resets: BroadcastChannel | null = null;
  /** Tells the other tabs, which have the same conversation. */
  #counts: BroadcastChannel | null = null;
  #count: number;

  constructor(place: LauncherPlace) {
    this.#place = place;
    const { host, launcher, signal } = place;
    this.#count = host.unread;
    this.#badge.className = 'unread-badge';
    this.#badge.setAttribute('part', 'badge');
    this.#badge.setAttribute('aria-hidden', 'true');
    this.#said.className = 'said';
    this.#said.setAttribute('role', 'status');
    launcher.append(this.#said, this.#badge);
    // An element that was moved has its count already.
    this.#draw();
    host.addEventListener('osmtalk-message', (event) => this.#onMessage(event), { signal });
    host.addEventListener('osmtalk-open', () => this.#set(0), { signal });
    // The browser can restore a page as it was only if it holds no channel.
    addEventListener('pagehide', () => this.#closeChannels(), { signal });
    addEventListener('pageshow', ({ persisted }) => persisted && this.#begin(), { signal });
    signal.addEventListener('abort', () => {
      this.#closeChannels();
      this.#badge.remove();
      this.#said.remove();
    });
  }

  /** Called when settings have changed, and after `reset()`: another conversation, or none any more, has another count. */
  look(): void {
    const { host } = this.#place;
    const key = conversationKey(host);
    if (key !== this.#key) {
      const isFirst = this.#key === null;
      this.#key = key;
      this.#begin(isFirst ? this.#count : 0);
    } else if (host.persist !== 'none' && this.#stored() === 0) {
      this.#set(0);
    }
  }

  /** Begins with what is stored of this conversation, or else with this count. */
  #begin(count = 0): void {
    this.#closeChannels();
    this.#openChannels();
    this.#set(this.#place.host.open ? 0 : this.#stored() || count, false);
  }

  #onMessage(event: Event): void {
    const { role } = (event as CustomEvent<MessageDetail>).detail;
    const { host } = this.#place;
    if (role === 'agent' && !host.open && host.layout !== 'inline') this.#set(this.#count + 1);
  }

  #openChannels(): void {
    const { host } = this.#place;
    if (!this.#key) return;
    const resets = openChannel(RESET_CHANNEL);
    resets?.addEventListener('message', ({ data }) => {
      if (data === host.agentId) this.#set(0);
    });
    this.#resets = resets;
    // Only there is the whole conversation sure to be in every tab.
    if (host.persist !== 'local') return;
    const counts = openChannel(`${this.#key}:unread`);
    counts?.addEventListener('message', ({ data }) => {
      const isCount = typeof data === 'number' && Number.isSafeInteger(data) && data >= 0;
      // A visitor who has the panel open in this tab has read it.
      if (data !== 0 && host.open && document.visibilityState === 'visible') this.#tell(0);
      else if (isCount && !host.open) this.#set(data, false);
    });
    this.#counts = counts;
  }

  #closeChannels(): void {
    this.#resets?.close();
    this.#counts?.close();
    this.#resets = this.#counts = null;
  }

  #set(count: number, tell = true): void {
    if (count === this.#count) return;
    this.#count = count;
    this.#draw();
    this.#store(count);
    if (tell) this.#tell(count);
    this.#place.dispatch('osmtalk-unread', { count });
  }

  #draw(): void {
    const { root, words } = this.#place;
    const count = this.#count;
    if (count > 0) root.dataset['unread'] = String(count);
    else delete root.dataset['unread'];
    this.#badge.textContent = count > MOST_SHOWN ? `${MOST_SHOWN}+` : String(count);
    this.#badge.hidden = count === 0;
    void words().then((strings) => {
      if (count === this.#count)
        this.#said.textContent = count > 0 ? fill(`${strings.newMessages}: {count}`, { count }, strings) : '';
    });
  }

  #tell(count: number): void {
    this.#counts?.postMessage(count);
  }

  /** Where the conversation is kept, too, so that what forgets the one forgets the other. Touching blocked storage throws. */
  #storage(): Storage | null {
    const { persist } = this.#place.host;
    if (persist === 'none') return null;
    return persist === 'local' ? localStorage : sessionStorage;
  }

  #stored(): number {
    try {
      const count = Number(this.#storage()?.getItem(`${this.#key}:unread`));
      return Number.isSafeInteger(count) && count > 0 ? count : 0;
    } catch {
      return 0;
    }
  }

  #store(count: number): void {
    try {
      if (!this.#key) return;
      if (count > 0) this.#storage()?.setItem(`${this.#key}:unread`, String(count));
      else this.#storage()?.removeItem(`${this.#key}:unread`);
    } catch {
      // Storage is blocked or full: the count lives as long as the page.
    }
  }
}
