import { ThreadStorage } from '../../chat/thread-storage.js';
import type { Thread } from '../../chat/thread.js';
import type { WidgetConfig } from '../widget-panel.js';

/** Changes within this time are written together; leaving the page writes at once. */
const SAVE_AFTER_MS = 150;

/** Keeps the conversation of the current agent in the storage that `persist` names. */
export class ThreadKeeper {
  readonly #thread: Thread;
  #storage: ThreadStorage | null = null;
  #agentId: string | undefined;
  #place: WidgetConfig['persist'] | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(thread: Thread) {
    this.#thread = thread;
  }

  /** Brings back what was kept. Another agent has another conversation; another place only keeps the same one elsewhere. */
  restore({ agentId, persist }: WidgetConfig): void {
    if (agentId === this.#agentId && persist === this.#place) return;
    const isOther = agentId !== this.#agentId;
    if (isOther) this.save();
    this.#agentId = agentId;
    this.#place = persist;
    this.#storage =
      persist === 'none' || !agentId
        ? null
        : new ThreadStorage(agentId, () => (persist === 'local' ? localStorage : sessionStorage));
    const record = this.#storage?.load();
    if (isOther || this.#thread.messages.length === 0)
      this.#thread.restore(record ?? { sessionId: null, messages: [], draft: '' });
  }

  saveSoon(): void {
    this.#timer ??= setTimeout(() => this.save(), SAVE_AFTER_MS);
  }

  save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#storage?.save(this.#thread.toRecord());
  }
}
