import { afterEach, expect, test, vi } from 'vitest';
import { CallLock, type CallLockOptions } from '../../src/call/call-lock.js';

const open: CallLock[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const lock of open.splice(0)) lock.release();
  document.body.replaceChildren();
  await expect.poll(locksInUse).toBe(0);
});

async function locksInUse(): Promise<number> {
  const { held = [], pending = [] } = await navigator.locks.query();
  return held.length + pending.length;
}

function openWidget(options: Partial<CallLockOptions> = {}) {
  const onTakenOver = vi.fn<() => void>();
  const lock = new CallLock({ onTakenOver, ...options });
  open.push(lock);
  return { lock, onTakenOver };
}

/** Another document of this origin, as another tab is: with its own locks and channels. */
async function openTab() {
  const frame = document.createElement('iframe');
  // The first document of a frame gives way to the real one: locks of the former are gone.
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  frame.srcdoc = '<!doctype html>';
  document.body.append(frame);
  await loaded;
  const { contentWindow } = frame;
  if (!contentWindow) throw new Error('The frame has no window');
  const { BroadcastChannel: Channel, navigator } = contentWindow as Window & typeof globalThis;
  const widget = openWidget({ locks: navigator.locks, openChannel: (name) => new Channel(name) });
  return { ...widget, locks: navigator.locks, close: () => frame.remove() };
}

const { signal } = new AbortController();

test('two widgets on one page: one call', async () => {
  const [first, second] = [openWidget(), openWidget()];
  await expect(first.lock.acquire(signal)).resolves.toBe('held');
  await expect(second.lock.acquire(signal)).resolves.toBe('elsewhere');
  first.lock.release();
  await expect(first.lock.acquire(signal)).resolves.toBe('held');
  first.lock.release();
  await expect.poll(() => second.lock.acquire(signal)).toBe('held');
});

test('another tab does not disturb the call, and takes it over when its visitor wants it', async () => {
  const [tab, other] = [await openTab(), await openTab()];
  tab.onTakenOver.mockImplementation(() => tab.lock.release());
  await expect(tab.lock.acquire(signal)).resolves.toBe('held');
  await expect(other.lock.acquire(signal)).resolves.toBe('elsewhere');
  expect(tab.onTakenOver).not.toHaveBeenCalled();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  // No clock moves: the holder is asked and lets go.
  await other.lock.takeOver(signal);
  expect(tab.onTakenOver).toHaveBeenCalledTimes(1);
  expect(vi.getTimerCount()).toBe(0);
  await expect(tab.lock.acquire(signal)).resolves.toBe('elsewhere');
});

test('a widget takes over from its neighbour on the page', async () => {
  const [first, second] = [openWidget(), openWidget()];
  first.onTakenOver.mockImplementation(() => first.lock.release());
  await first.lock.acquire(signal);
  await second.lock.takeOver(signal);
  expect(first.onTakenOver).toHaveBeenCalledTimes(1);
  await expect(first.lock.acquire(signal)).resolves.toBe('elsewhere');
});

test('a tab that hangs loses its lock after two seconds, and hears of it when it wakes up', async () => {
  const tab = await openTab();
  const deaf = openWidget({ locks: tab.locks, openChannel: () => new BroadcastChannel('somewhere else') });
  await deaf.lock.acquire(signal);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const taker = openWidget();
  const taken = vi.fn();
  const taking = taker.lock.takeOver(signal).then(taken);
  await expect.poll(async () => (await navigator.locks.query()).pending?.length).toBe(1);
  await vi.advanceTimersByTimeAsync(1_999);
  expect(taken).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await taking;
  await expect.poll(() => deaf.onTakenOver.mock.calls.length).toBe(1);
  await expect(deaf.lock.acquire(signal)).resolves.toBe('elsewhere');
  taker.lock.release();
  await expect.poll(locksInUse).toBe(0);
});

test('a closed tab has let go', async () => {
  const tab = await openTab();
  await tab.lock.acquire(signal);
  const { lock } = openWidget();
  await expect(lock.acquire(signal)).resolves.toBe('elsewhere');
  tab.close();
  await expect.poll(() => lock.acquire(signal)).toBe('held');
});

test('giving up while another tab holds the call leaves nothing asked for', async () => {
  const tab = await openTab();
  await tab.lock.acquire(signal);
  const { lock } = openWidget();
  const controller = new AbortController();
  const taking = expect(lock.takeOver(controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
  await expect.poll(locksInUse).toBe(2);
  controller.abort();
  await taking;
  await expect.poll(locksInUse).toBe(1);
});
