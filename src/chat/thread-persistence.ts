import { EMPTY_RECORD, type Thread } from './thread.js';
import { ThreadStorage } from './thread-storage.js';
import { ThreadSync } from './thread-sync.js';
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

/** Changes within this time are written and told together; leaving the page does so at once. */
const SAVE_AFTER_MS = 150;
/** A conversation that takes long to write, e.g. while a very long reply grows, is written less often: for this part of the time. */
const MOST_OF_THE_TIME = 0.1;

/**
 * Keeps the conversation of the current agent, API and user in the storage that `persist` names, and the same in all tabs of
 * the site. A user who leaves, or gives way to another, leaves nothing behind.
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
  /** Of an unnamed user, until they have written: what is kept of one whom the site named before. */
  #mayHaveFormer = false;
  #place: PersistenceSettings['persist'] | undefined;
  /** As the page was left: what is gone by the time it comes back was cleared away. */
  #wasKept = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastTookMs = 0;

  /** `onReset`: another tab has forgotten the conversations with this agent. */
  constructor(thread: Thread, onReset: () => void = () => undefined) {
    this.#thread = thread;
    this.#onReset = onReset;
  }

  /**
   * Brings back what was kept. Another agent, API or user has another conversation; another place only keeps the same one
   * elsewhere. True when a user whom the site had named has gone: all that is theirs is forgotten.
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

  /** Forgets all conversations with this agent, here and in other tabs. */
  forget(): void {
    const agentId = this.#agentId;
    this.#thread.clear();
    this.save();
    if (agentId) forgetStored((key) => key.startsWith(threadPrefix(agentId)));
    this.#reset?.postMessage(agentId);
  }

  /** The page was left and is back as it was: the conversation may have gone on elsewhere. */
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
    // Somebody writes here whom the site does not name: whoever it named before has gone. Once: it looks through both storages.
    if (this.#mayHaveFormer && this.#storage && this.#thread.messages.length > 0) {
      this.#mayHaveFormer = false;
      forgetNamed('');
    }
    this.#storage?.save(this.#thread.toRecord());
    this.#sync?.publish();
    this.#lastTookMs = performance.now() - startMs;
  }

  /** The page or the element goes away. */
  leave(): void {
    this.save();
    this.#wasKept = Boolean(this.#storage?.load());
    this.#closeChannels();
  }
}

/** What is kept for users whom the site has named, less this one; whether there was any. */
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

/** What was said before the site named somebody, who may have said it. */
function forgetUnnamed(): void {
  forgetStored((key) => userOfKey(key) === '');
}

function openSync(thread: Thread, key: ConversationKey): ThreadSync | null {
  const channel = openChannel(key);
  return channel && new ThreadSync(thread, channel);
}

/** `null` where a browser has no such channel, or forbids it. */
function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}
