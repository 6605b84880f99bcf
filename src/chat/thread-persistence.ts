import { EMPTY_RECORD, type Thread } from './thread.js';
import { ThreadStorage } from './thread-storage.js';
import { ThreadSync } from './thread-sync.js';
import { openChannel } from '../visitor/open-channel.js';
import { forgetStored, RESET_CHANNEL, threadPrefix } from '../visitor/stored-keys.js';
import {
  conversationKey,
  userDigest,
  userOfKey,
  type ConversationKey,
  type ConversationSettings,
} from '../visitor/conversation-key.js';

/** The element's settings that say where a conversation is kept. */
export interface PersistenceSettings extends ConversationSettings {
  persist: 'session' | 'local' | 'none';
}

/** Changes within this time are saved and sent to other tabs together; leaving the page does both at once. */
const SAVE_AFTER_MS = 150;
/**
 * Saving may take this part of the time at most: a conversation that takes long to write, e.g. while a very long reply grows, is
 * saved less often.
 */
const MOST_OF_THE_TIME = 0.1;

/**
 * Keeps the conversation of the current agent, API and user in the storage that `persist` names, and the same in all tabs of the
 * site. When the site signs a user out or names another, that user's conversations are removed.
 */
export class ThreadPersistence {
  readonly #thread: Thread;
  #storage: ThreadStorage | null = null;
  #sync: ThreadSync | null = null;
  #reset: BroadcastChannel | null = null;
  readonly #onReset: () => void;
  #agentId: string | undefined;
  #key: ConversationKey | null = null;
  #user = '';
  /**
   * The site names no user, and nobody has written yet: conversations of a user whom the site named before may still be stored.
   */
  #mayHaveFormer = false;
  #place: PersistenceSettings['persist'] | undefined;
  /**
   * Whether a conversation was stored when the page was left: when it is gone as the page comes back, another tab has cleared it.
   */
  #wasKept = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastTookMs = 0;

  /** `onReset` is called when another tab has forgotten the conversations with this agent. */
  constructor(thread: Thread, onReset: () => void = () => undefined) {
    this.#thread = thread;
    this.#onReset = onReset;
  }

  /**
   * Loads the conversation for these settings. Another agent, API or user means another conversation; a change of `persist` alone
   * keeps the same one in another place. Returns true when a user whom the site had named has gone: that user's conversations are
   * removed.
   */
  restore(config: PersistenceSettings): boolean {
    const { agentId, persist, userId } = config;
    const key = conversationKey(config);
    if (key === this.#key && persist === this.#place) return false;
    const isOther = key !== this.#key;
    const user = userDigest(userId);
    const hasLeft = this.#user !== '' && user !== this.#user;
    if (hasLeft) this.#thread.clear();
    if (isOther) this.save();
    if ((hasLeft || user !== '') && (forgetNamed(user) || hasLeft)) forgetUnnamed();
    this.#closeChannels();
    this.#agentId = agentId;
    this.#key = key;
    this.#user = user;
    this.#mayHaveFormer = user === '';
    this.#place = persist;
    this.#storage =
      persist === 'none' || key === null
        ? null
        : new ThreadStorage(key, () => (persist === 'local' ? localStorage : sessionStorage));
    const record = this.#storage?.load();
    if (isOther || this.#thread.messages.length === 0) this.#thread.restore(record ?? EMPTY_RECORD);
    this.#openChannels();
    return hasLeft;
  }

  /** Removes all conversations with this agent, here and in other tabs. */
  forget(): void {
    const agentId = this.#agentId;
    this.#thread.clear();
    this.save();
    if (agentId) forgetStored((key) => key.startsWith(threadPrefix(agentId)));
    this.#reset?.postMessage(agentId);
  }

  /** Called when the browser restores the page from its cache: takes over what other tabs have added or cleared meanwhile. */
  comeBack(): void {
    const record = this.#storage?.load();
    if (record) {
      this.#thread.merge(record);
      this.#thread.draft = record.draft;
    } else if (this.#wasKept) this.#thread.restore(EMPTY_RECORD);
    this.#openChannels();
  }

  #openChannels(): void {
    if (this.#key !== null && this.#place !== 'none') this.#sync ??= openSync(this.#thread, this.#key);
    this.#reset ??= openChannel(RESET_CHANNEL);
    this.#reset?.addEventListener('message', this.#hearReset);
  }

  #closeChannels(): void {
    this.#sync?.leave();
    this.#sync = null;
    this.#reset?.close();
    this.#reset = null;
  }

  readonly #hearReset = ({ data }: MessageEvent): void => {
    if (data === this.#agentId) this.#onReset();
  };

  saveSoon(): void {
    const pauseMs = Math.max(SAVE_AFTER_MS, this.#lastTookMs / MOST_OF_THE_TIME);
    this.#timer ??= setTimeout(() => this.save(), pauseMs);
  }

  save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const startMs = performance.now();
    // A user whom the site does not name has written: any user whom it named before has gone. Done once, since it searches both
    // storages.
    if (this.#mayHaveFormer && this.#storage && this.#thread.messages.length > 0) {
      this.#mayHaveFormer = false;
      forgetNamed('');
    }
    this.#storage?.save(this.#thread.toRecord());
    this.#sync?.publish();
    this.#lastTookMs = performance.now() - startMs;
  }

  /** Saves and closes the channels: the page or the element is going away. */
  leave(): void {
    this.save();
    this.#wasKept = Boolean(this.#storage?.load());
    this.#closeChannels();
  }
}

/** Removes the conversations of all users whom the site has named, except `user`. Returns whether there were any. */
function forgetNamed(user: string): boolean {
  let hasFound = false;
  forgetStored((key) => {
    const owner = userOfKey(key);
    const isOther = Boolean(owner) && owner !== user;
    hasFound ||= isOther;
    return isOther;
  });
  return hasFound;
}

/** Removes the conversations from before the site named a user: that same user may have written them. */
function forgetUnnamed(): void {
  forgetStored((key) => userOfKey(key) === '');
}

function openSync(thread: Thread, key: ConversationKey): ThreadSync | null {
  const channel = openChannel(key);
  return channel && new ThreadSync(thread, channel);
}
