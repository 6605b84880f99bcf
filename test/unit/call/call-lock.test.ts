import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallLock, type CallLockOptions } from '../../../src/call/call-lock.js';

/** Of a call that nobody gives up. */
let signal: AbortSignal;

beforeEach(() => {
  vi.useFakeTimers();
  ({ signal } = new AbortController());
});
afterEach(() => void vi.useRealTimers());

/** One browser: its locks, and the channels that its tabs have open. */
class FakeBrowser {
  readonly locks = { request: vi.fn(this.#request.bind(this)) as unknown as LockManager['request'] };
  readonly channels = new Set<FakeChannel>();
  #held: Waiting | null = null;
  #queue: Waiting[] = [];

  get isFree(): boolean {
    return !this.#held && this.#queue.length === 0;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  openTab(options: Partial<CallLockOptions> = {}) {
    const onTakenOver = vi.fn();
    const openChannel = (name: string) => new FakeChannel(name, this.channels) as unknown as BroadcastChannel;
    return { onTakenOver, lock: new CallLock({ onTakenOver, locks: this.locks, openChannel, ...options }) };
  }

  /** A script of the origin that has nothing to do with us. */
  say(data: unknown): void {
    new FakeChannel('osmtalk:call', this.channels).say(data);
  }

  #request(
    _name: string,
    options: LockOptions,
    callback: (lock: unknown) => Promise<void> | undefined,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { callback, resolve, reject };
      if (options.ifAvailable && !this.isFree) return void later(() => resolve(callback(null)));
      if (options.steal) {
        this.#held?.reject(new DOMException('Stolen', 'AbortError'));
        return this.#grant(waiting);
      }
      this.#queue.push(waiting);
      options.signal?.addEventListener('abort', () => {
        if (!this.#queue.includes(waiting)) return;
        this.#queue = this.#queue.filter((each) => each !== waiting);
        reject(new DOMException('Given up', 'AbortError'));
      });
      this.#grantNext();
    });
  }

  #grantNext(): void {
    if (this.#held) return;
    const next = this.#queue.shift();
    if (next) this.#grant(next);
  }

  #grant(waiting: Waiting): void {
    this.#held = waiting;
    void later(async () => {
      await waiting.callback({});
      await later(() => undefined);
      if (this.#held !== waiting) return;
      this.#held = null;
      waiting.resolve(undefined);
      this.#grantNext();
    });
  }
}

interface Waiting {
  callback: (lock: unknown) => Promise<void> | undefined;
  resolve: (value: Promise<void> | undefined) => void;
  reject: (error: unknown) => void;
}

class FakeChannel extends EventTarget {
  readonly #name: string;
  readonly #open: Set<FakeChannel>;

  constructor(name: string, open: Set<FakeChannel>) {
    super();
    this.#name = name;
    this.#open = open;
    open.add(this);
  }

  postMessage(data: unknown): void {
    this.#send(data);
  }

  say(data: unknown): void {
    this.#send(data);
    this.close();
  }

  close(): void {
    this.#open.delete(this);
  }

  #send(data: unknown): void {
    const others = [...this.#open].filter((each) => each !== this && each.#name === this.#name);
    for (const other of others) {
      const event = new MessageEvent('message', { data: structuredClone(data) });
      void later(() => this.#open.has(other) && other.dispatchEvent(event));
    }
  }
}

/** The other processes of a browser take a moment. */
async function later(what: () => unknown): Promise<void> {
  for (let hops = 0; hops < 5; hops++) await Promise.resolve();
  await what();
}

/** Lets everything happen that needs no clock. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

function expectNothingLeft(browser: FakeBrowser, ...signals: AbortSignal[]): void {
  expect(browser.isFree).toBe(true);
  expect(browser.channels.size).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
  for (const each of signals) expect(getEventListeners(each, 'abort')).toEqual([]);
}

describe('one call', () => {
  it('has the browser to itself until it is over', async () => {
    const browser = new FakeBrowser();
    const [first, second] = [browser.openTab(), browser.openTab()];
    await expect(first.lock.acquire(signal)).resolves.toBe('held');
    await expect(second.lock.acquire(signal)).resolves.toBe('elsewhere');
    expect(browser.channels.size).toBe(1);
    first.lock.release();
    await settle();
    expectNothingLeft(browser, signal);
    await expect(second.lock.acquire(signal)).resolves.toBe('held');
    expect(first.onTakenOver).not.toHaveBeenCalled();
    second.lock.release();
  });

  it('asks once, however often it is told to', async () => {
    const browser = new FakeBrowser();
    const { lock } = browser.openTab();
    await expect(Promise.all([lock.acquire(signal), lock.acquire(signal)])).resolves.toEqual([
      'held',
      'held',
    ]);
    await lock.takeOver(signal);
    expect(browser.locks.request).toHaveBeenCalledTimes(1);
    lock.release();
    lock.release();
    await settle();
    expectNothingLeft(browser, signal);
  });

  it('may follow at once on the one before', async () => {
    const browser = new FakeBrowser();
    const { lock } = browser.openTab();
    for (let calls = 0; calls < 3; calls++) {
      await expect(lock.acquire(signal)).resolves.toBe('held');
      lock.release();
    }
    const controller = new AbortController();
    await lock.acquire(controller.signal);
    controller.abort();
    await expect(lock.acquire(signal)).resolves.toBe('held');
    lock.release();
    await settle();
    expectNothingLeft(browser, signal);
  });
});

describe('taking over', () => {
  it('is immediate where there is nothing to take', async () => {
    const browser = new FakeBrowser();
    const { lock } = browser.openTab();
    await lock.takeOver(signal);
    expect(vi.getTimerCount()).toBe(0);
    await expect(browser.openTab().lock.acquire(signal)).resolves.toBe('elsewhere');
    lock.release();
  });

  it('waits while a polite holder ends its call', async () => {
    const browser = new FakeBrowser();
    const [holder, taker] = [browser.openTab(), browser.openTab()];
    await holder.lock.acquire(signal);
    const taken = vi.fn();
    const taking = taker.lock.takeOver(signal).then(taken);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(holder.onTakenOver).toHaveBeenCalledTimes(1);
    expect(taken).not.toHaveBeenCalled();
    holder.lock.release();
    await taking;
    expect(holder.onTakenOver).toHaveBeenCalledTimes(1);
    expect(taker.onTakenOver).not.toHaveBeenCalled();
    await expect(holder.lock.acquire(signal)).resolves.toBe('elsewhere');
    taker.lock.release();
    await settle();
    expectNothingLeft(browser, signal);
  });

  it('takes it from one that says it leaves and stays, who is told once', async () => {
    const browser = new FakeBrowser();
    const [holder, taker] = [browser.openTab(), browser.openTab()];
    await holder.lock.acquire(signal);
    const taking = taker.lock.takeOver(signal);
    await vi.advanceTimersByTimeAsync(5_000);
    await taking;
    expect(holder.onTakenOver).toHaveBeenCalledTimes(1);
    await expect(holder.lock.acquire(signal)).resolves.toBe('elsewhere');
    taker.lock.release();
    await settle();
    expectNothingLeft(browser, signal);
  });

  it('takes it after two seconds from one that does not answer', async () => {
    const browser = new FakeBrowser();
    const deaf = new FakeBrowser();
    // In reach of the locks, not of the messages: a tab that hangs.
    const holder = deaf.openTab({ locks: browser.locks });
    const taker = browser.openTab();
    await holder.lock.acquire(signal);
    const taken = vi.fn();
    const taking = taker.lock.takeOver(signal).then(taken);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(taken).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await taking;
    expect(holder.onTakenOver).toHaveBeenCalledTimes(1);
    expect(deaf.channels.size).toBe(0);
    expect(browser.waiting).toBe(0);
    taker.lock.release();
    await settle();
    expectNothingLeft(browser, signal);
  });

  it('serves every tab that wants the call; the last press has it', async () => {
    const browser = new FakeBrowser();
    const [holder, second, third] = [browser.openTab(), browser.openTab(), browser.openTab()];
    holder.onTakenOver.mockImplementation(() => holder.lock.release());
    await holder.lock.acquire(signal);
    const taking = [second.lock.takeOver(signal), third.lock.takeOver(signal)];
    await vi.advanceTimersByTimeAsync(5_000);
    await Promise.all(taking);
    const told = [holder, second, third].map(({ onTakenOver }) => onTakenOver.mock.calls.length);
    expect(told).toEqual([1, 1, 0]);
    third.lock.release();
    await settle();
    expectNothingLeft(browser, signal);
  });
});

describe('giving up', () => {
  const STAGES = {
    'before it asked': (lock, wanted) => lock.acquire(wanted),
    'while it asked': (lock, wanted) => lock.acquire(wanted),
    'while it waited': (lock, wanted) => lock.takeOver(wanted),
  } satisfies Record<string, (lock: CallLock, wanted: AbortSignal) => Promise<unknown>>;

  it.each(Object.entries(STAGES))('leaves nothing behind: %s', async (stage, ask) => {
    const browser = new FakeBrowser();
    const holder = browser.openTab();
    if (stage === 'while it waited') await holder.lock.acquire(signal);
    const { lock, onTakenOver } = browser.openTab();
    const controller = new AbortController();
    if (stage === 'before it asked') controller.abort(new Error('changed my mind'));
    const asking = expect(ask(lock, controller.signal)).rejects.toThrow('changed my mind');
    await Promise.resolve();
    controller.abort(new Error('changed my mind'));
    await asking;
    holder.lock.release();
    await settle();
    expectNothingLeft(browser, controller.signal);
    expect(onTakenOver).not.toHaveBeenCalled();
    await expect(browser.openTab().lock.acquire(signal)).resolves.toBe('held');
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])('leaves nothing behind after %i moments', async (hops) => {
    const browser = new FakeBrowser();
    const { lock } = browser.openTab();
    const controller = new AbortController();
    const asking = lock.acquire(controller.signal).catch(() => 'given up');
    for (let hop = 0; hop < hops; hop++) await Promise.resolve();
    controller.abort();
    expect(['held', 'given up']).toContain(await asking);
    await settle();
    expectNothingLeft(browser, controller.signal);
    await expect(lock.acquire(signal)).resolves.toBe('held');
    await expect(browser.openTab().lock.acquire(signal)).resolves.toBe('elsewhere');
  });

  it('takes nothing away from a holder that is silent', async () => {
    const browser = new FakeBrowser();
    const holder = new FakeBrowser().openTab({ locks: browser.locks });
    await holder.lock.acquire(signal);
    const controller = new AbortController();
    const taking = browser
      .openTab()
      .lock.takeOver(controller.signal)
      .catch(() => 'given up');
    await vi.advanceTimersByTimeAsync(1_000);
    controller.abort();
    await expect(taking).resolves.toBe('given up');
    await settle();
    expect(holder.onTakenOver).not.toHaveBeenCalled();
    expect(browser.waiting).toBe(0);
  });

  it('of any that asked for the lock lets it go', async () => {
    const browser = new FakeBrowser();
    const { lock } = browser.openTab();
    const second = new AbortController();
    await lock.acquire(signal);
    await expect(lock.acquire(second.signal)).resolves.toBe('held');
    second.abort();
    await settle();
    expectNothingLeft(browser, signal, second.signal);
  });

  it('after the lock was had lets it go', async () => {
    const browser = new FakeBrowser();
    const { lock, onTakenOver } = browser.openTab();
    const controller = new AbortController();
    await lock.acquire(controller.signal);
    controller.abort();
    await settle();
    expectNothingLeft(browser, controller.signal);
    expect(onTakenOver).not.toHaveBeenCalled();
  });

  it('by a release calls off all asking', async () => {
    const browser = new FakeBrowser();
    const holder = browser.openTab();
    await holder.lock.acquire(signal);
    const { lock } = browser.openTab();
    const asking = [lock.takeOver(signal), lock.acquire(signal)].map((each) =>
      expect(each).rejects.toMatchObject({ name: 'AbortError' }),
    );
    await settle();
    lock.release();
    await Promise.all(asking);
    holder.lock.release();
    await settle();
    expectNothingLeft(browser, signal);
  });
});

describe('a browser without the means', () => {
  const refuse = (): never => {
    throw new DOMException('Not here', 'SecurityError');
  };
  it.each<[string, Partial<CallLockOptions>]>([
    ['Web Locks', { locks: undefined }],
    ['BroadcastChannel', { openChannel: refuse }],
    ['permission to use them', { locks: { request: async () => refuse() } }],
  ])('lets every call run: no %s', async (_what, options) => {
    const browser = new FakeBrowser();
    const [first, second] = [browser.openTab(options), browser.openTab(options)];
    await expect(first.lock.acquire(signal)).resolves.toBe('held');
    await expect(second.lock.acquire(signal)).resolves.toBe('held');
    await second.lock.takeOver(signal);
    first.lock.release();
    expect(first.onTakenOver).not.toHaveBeenCalled();
    expectNothingLeft(browser, signal);
  });

  it('is what Node may be', async () => {
    vi.stubGlobal('navigator', undefined);
    const lock = new CallLock({ onTakenOver: vi.fn() });
    vi.unstubAllGlobals();
    await expect(lock.acquire(signal)).resolves.toBe('held');
  });
});

describe('a message that is not ours', () => {
  const NOISE: [string, unknown][] = [
    ['nothing', null],
    ['a number', 7],
    ['a word', 'osmtalk:take-over'],
    ['a list', ['osmtalk:take-over', 'id']],
    ['without an id', { type: 'osmtalk:take-over' }],
    ['with a strange id', { type: 'osmtalk:take-over', id: { toString: 'id' } }],
    ['of another kind', { type: 'osmtalk:give-me-everything', id: 'id' }],
    ['an answer', { type: 'osmtalk:leaving', id: 'id' }],
  ];
  it.each(NOISE)('does not end a call: %s', async (_what, data) => {
    const browser = new FakeBrowser();
    const { lock, onTakenOver } = browser.openTab();
    await lock.acquire(signal);
    browser.say(data);
    await settle();
    expect(onTakenOver).not.toHaveBeenCalled();
    await expect(browser.openTab().lock.acquire(signal)).resolves.toBe('elsewhere');
    lock.release();
  });

  it.each(NOISE)('does not delay taking over: %s', async (_what, data) => {
    const browser = new FakeBrowser();
    const holder = new FakeBrowser().openTab({ locks: browser.locks });
    await holder.lock.acquire(signal);
    const taker = browser.openTab();
    const taking = taker.lock.takeOver(signal);
    await settle();
    browser.say(data);
    await vi.advanceTimersByTimeAsync(2_000);
    await taking;
    expect(holder.onTakenOver).toHaveBeenCalledTimes(1);
    taker.lock.release();
  });
});
