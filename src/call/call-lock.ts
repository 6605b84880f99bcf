import { randomId } from '../wire/random-id.js';
import { abortWith } from '../async/unless-aborted.js';
import { withinMs } from '../async/within-ms.js';

/** The name of the Web Lock and of the channel: one call per browser and origin. */
const NAME = 'osmtalk:call';

/** How long a tab may take to answer a take-over; a live one answers in a few milliseconds, in the background too. */
const ANSWER_LIMIT_MS = 2_000;

/** How long a tab that answered may take to end its call. Its last measurement and its leaving are limited to 2.5 s in sum. */
const LEAVE_LIMIT_MS = 3_000;

type CallChannel = Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'close'>;

export interface CallLockOptions {
  /**
   * Called once for each time the lock is held: the owner must end its call and release the lock, or has lost the lock already.
   */
  onTakenOver: () => void;
  /** `undefined` where the browser has no Web Locks: every call may start then. */
  locks?: Pick<LockManager, 'request'> | undefined;
  /** May throw where the browser has no BroadcastChannel, or forbids it. */
  openChannel?: (name: string) => CallChannel;
}

interface Hold {
  over: AbortController;
  /** `onTakenOver` was called for this hold already. */
  told: boolean;
}

/** What one request for the lock needs. Aborting `over` gives up the request, and later the lock. */
interface Claim {
  locks: Pick<LockManager, 'request'>;
  channel: CallChannel;
  over: AbortSignal;
}

type Grant = 'granted' | 'refused' | 'unavailable';

/** `take-over` asks the tab that runs a call to end it; `leaving` is that tab's answer, with the `id` of the question. */
interface LockMessage {
  type: 'osmtalk:take-over' | 'osmtalk:leaving';
  id: string;
}

/**
 * Lets one call run per browser: over all tabs of an origin, and over all widgets of a page. Where Web Locks or BroadcastChannel
 * are missing (insecure contexts, sandboxed frames, old browsers) every call may run.
 *
 * The browser itself releases the lock of a tab that was closed or crashed.
 */
export class CallLock {
  readonly #onTakenOver: () => void;
  readonly #locks: Claim['locks'] | undefined;
  readonly #open: (name: string) => CallChannel;
  #hold: Hold | null = null;
  /** Aborted by `release()`, which also cancels the requests made since the release before. */
  #scope = new AbortController();
  /** The last request: requests run one after another, so that a tab is not refused because of its own earlier request. */
  #turn: Promise<unknown> = Promise.resolve();
  #freed: Promise<unknown> = Promise.resolve();

  constructor(options: CallLockOptions) {
    const { onTakenOver, locks, openChannel } = {
      locks: globalThis.navigator?.locks,
      openChannel: (name: string) => new BroadcastChannel(name),
      ...options,
    };
    this.#onTakenOver = onTakenOver;
    this.#locks = locks;
    this.#open = openChannel;
  }

  /**
   * Takes the lock if it is free, and resolves with `elsewhere` without waiting if another call holds it. Aborting `signal` also
   * ends the hold, as `release()` does. Rejects with the signal's reason when it aborts first, and with an `AbortError` after a
   * `release()`.
   */
  async acquire(signal: AbortSignal): Promise<'held' | 'elsewhere'> {
    const held = await this.#inTurn(signal, ({ locks, over }) =>
      this.#request(locks, { ifAvailable: true }, over),
    );
    return held ? 'held' : 'elsewhere';
  }

  /**
   * Asks the holder to end its call and waits for the lock; steals it from a holder that does not answer or does not leave in
   * time. Aborts and rejects as `acquire` does.
   */
  async takeOver(signal: AbortSignal): Promise<void> {
    await this.#inTurn(signal, (claim) => this.#askForIt(claim));
  }

  /** Gives up the lock and cancels every request for it. May be called at any time. */
  release(): void {
    this.#scope.abort();
    this.#scope = new AbortController();
  }

  #inTurn(signal: AbortSignal, ask: (claim: Claim) => Promise<Grant>): Promise<boolean> {
    const scope = this.#scope.signal;
    const turn = this.#turn.then(() => this.#take(signal, scope, ask));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Whether a call may run here now. */
  async #take(
    signal: AbortSignal,
    scope: AbortSignal,
    ask: (claim: Claim) => Promise<Grant>,
  ): Promise<boolean> {
    // The browser frees a released lock a moment later: wait for that.
    if (!this.#hold) await this.#freed;
    throwIfAborted(signal, scope);
    if (this.#hold) {
      abortWith(this.#hold.over, signal);
      return true;
    }
    const locks = this.#locks;
    const channel = locks && this.#openChannel();
    if (!locks || !channel) return true;
    const over = abortWith(new AbortController(), signal, scope);
    over.signal.addEventListener('abort', () => channel.close());
    const grant = await ask({ locks, channel, over: over.signal });
    if (grant === 'granted') this.#keep(over, channel);
    else over.abort();
    throwIfAborted(signal, scope);
    return grant !== 'refused';
  }

  #keep(over: AbortController, channel: CallChannel): void {
    const { signal } = over;
    if (signal.aborted) return;
    const hold: Hold = { over, told: false };
    this.#hold = hold;
    signal.addEventListener('abort', () => (this.#hold = null));
    const onMessage = ({ data }: MessageEvent<unknown>): void => {
      if (!isLockMessage(data) || data.type !== 'osmtalk:take-over') return;
      post(channel, { type: 'osmtalk:leaving', id: data.id });
      this.#tell(hold);
    };
    channel.addEventListener('message', onMessage, { signal });
  }

  async #askForIt({ locks, channel, over }: Claim): Promise<Grant> {
    const id = randomId();
    let answered = false;
    const onMessage = ({ data }: MessageEvent<unknown>): void => {
      if (isLockMessage(data) && data.type === 'osmtalk:leaving' && data.id === id) answered = true;
    };
    const waiting = abortWith(new AbortController(), over);
    channel.addEventListener('message', onMessage, { signal: over });
    // Queued before the holder is asked to leave, so that no third tab gets the lock in between.
    const grant = this.#request(locks, { signal: waiting.signal }, waiting.signal);
    post(channel, { type: 'osmtalk:take-over', id });
    let outcome = await withinMs(grant, ANSWER_LIMIT_MS, over);
    if (!outcome && answered) outcome = await withinMs(grant, LEAVE_LIMIT_MS, over);
    if (outcome) return outcome;
    waiting.abort();
    return over.aborted ? 'refused' : this.#request(locks, { steal: true }, over);
  }

  /** Requests the lock from the browser, and holds a granted one until `over` aborts. Never rejects. */
  #request(locks: Claim['locks'], options: LockOptions, over: AbortSignal): Promise<Grant> {
    return new Promise((resolve) => {
      let granted = false;
      const onAnswer = (lock: Lock | null): Promise<void> | undefined => {
        granted = lock !== null && !over.aborted;
        resolve(granted ? 'granted' : 'refused');
        return granted ? untilAborted(over) : undefined;
      };
      const onError = (): void => {
        if (!granted) return resolve(over.aborted ? 'refused' : 'unavailable');
        this.#onStolen();
      };
      const freed = locks.request(NAME, options, onAnswer).catch(onError);
      this.#freed = Promise.all([this.#freed, freed]);
    });
  }

  #onStolen(): void {
    const hold = this.#hold;
    if (!hold) return;
    hold.over.abort();
    this.#tell(hold);
  }

  #tell(hold: Hold): void {
    if (hold.told) return;
    hold.told = true;
    this.#onTakenOver();
  }

  #openChannel(): CallChannel | null {
    try {
      return this.#open(NAME);
    } catch {
      return null;
    }
  }
}

/** Checks each message: every script of the origin can post to the channel. */
function isLockMessage(data: unknown): data is LockMessage {
  const { type, id } = (data ?? {}) as Partial<Record<keyof LockMessage, unknown>>;
  return (type === 'osmtalk:take-over' || type === 'osmtalk:leaving') && typeof id === 'string';
}

function post(channel: CallChannel, message: LockMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A BroadcastChannel reaches its own origin only.
  channel.postMessage(message);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve());
  });
}

function throwIfAborted(...signals: AbortSignal[]): void {
  for (const signal of signals) signal.throwIfAborted();
}
