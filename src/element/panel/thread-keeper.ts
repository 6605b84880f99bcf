import { EMPTY_RECORD, type Thread } from '../../chat/thread.js';
import { ThreadStorage } from '../../chat/thread-storage.js';
import { ThreadSync } from '../../chat/thread-sync.js';
import type { WidgetConfig } from '../widget-panel.js';

/** Changes within this time are written and told together; leaving the page does so at once. */
const SAVE_AFTER_MS = 150;
/** A conversation that takes long to write, e.g. while a very long reply grows, is written less often: for this part of the time. */
const MOST_OF_THE_TIME = 0.1;

/** Keeps the conversation of the current agent in the storage that `persist` names, and the same in all tabs of the site. */
export class ThreadKeeper {
  readonly #thread: Thread;
  #storage: ThreadStorage | null = null;
  #sync: ThreadSync | null = null;
  #agentId: string | undefined;
  #place: WidgetConfig['persist'] | undefined;
  /** As the page was left: what is gone by the time it comes back was cleared away. */
  #wasKept = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastTookMs = 0;

  constructor(thread: Thread) {
    this.#thread = thread;
  }

  /** Brings back what was kept. Another agent has another conversation; another place only keeps the same one elsewhere. */
  restore({ agentId, persist }: WidgetConfig): void {
    if (agentId === this.#agentId && persist === this.#place) return;
    const isOther = agentId !== this.#agentId;
    if (isOther) this.save();
    this.#sync?.leave();
    this.#sync = null;
    this.#agentId = agentId;
    this.#place = persist;
    this.#storage =
      persist === 'none' || !agentId
        ? null
        : new ThreadStorage(agentId, () => (persist === 'local' ? localStorage : sessionStorage));
    const record = this.#storage?.load();
    if (isOther || this.#thread.messages.length === 0) this.#thread.restore(record ?? EMPTY_RECORD);
    this.#openSync();
  }

  /** The page was left and is back as it was: the conversation may have gone on elsewhere. */
  comeBack(): void {
    const record = this.#storage?.load();
    if (record) {
      this.#thread.merge(record);
      this.#thread.draft = record.draft;
    } else if (this.#wasKept) this.#thread.restore(EMPTY_RECORD);
    this.#openSync();
  }

  #openSync(): void {
    if (this.#agentId && this.#place !== 'none') this.#sync ??= openSync(this.#thread, this.#agentId);
  }

  saveSoon(): void {
    const pauseMs = Math.max(SAVE_AFTER_MS, this.#lastTookMs / MOST_OF_THE_TIME);
    this.#timer ??= setTimeout(() => this.save(), pauseMs);
  }

  save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const startMs = performance.now();
    this.#storage?.save(this.#thread.toRecord());
    this.#sync?.publish();
    this.#lastTookMs = performance.now() - startMs;
  }

  /** The page or the element goes away. */
  leave(): void {
    this.save();
    this.#wasKept = Boolean(this.#storage?.load());
    this.#sync?.leave();
    this.#sync = null;
  }
}

/** `null` where a browser has no such channel, or forbids it. */
function openSync(thread: Thread, agentId: string): ThreadSync | null {
  try {
    return new ThreadSync(thread, new BroadcastChannel(`osmtalk:thread:${agentId}`));
  } catch {
    return null;
  }
}
