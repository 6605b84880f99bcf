import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WakeLock } from '../../src/voice/wake-lock.js';

/** The sentinels of a screen, as a browser hands them out. */
class FakeScreen {
  asked = 0;
  readonly sentinels = new Set<object>();
  /** What a request waits for. */
  pending: Promise<void> = Promise.resolve();
  refusal: DOMException | null = null;

  get held(): number {
    return this.sentinels.size;
  }

  request = async (type: string): Promise<WakeLockSentinel> => {
    if (type !== 'screen') throw new TypeError(`No wake lock for ${type}`);
    this.asked++;
    await this.pending;
    if (this.refusal) throw this.refusal;
    const sentinel = {
      release: () => {
        this.sentinels.delete(sentinel);
        return Promise.resolve();
      },
    };
    this.sentinels.add(sentinel);
    return sentinel as WakeLockSentinel;
  };
}

let screen: FakeScreen;
let wakeLock: WakeLock;

beforeEach(() => {
  screen = new FakeScreen();
  wakeLock = new WakeLock();
  Object.defineProperty(navigator, 'wakeLock', { configurable: true, value: screen });
});
afterEach(() => {
  wakeLock.release();
  Reflect.deleteProperty(navigator, 'wakeLock');
  vi.restoreAllMocks();
});

/** The visitor turns to another app, or comes back. A browser drops the lock of a page that hides. */
function turn(state: DocumentVisibilityState): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  if (state === 'hidden') screen.sentinels.clear();
  document.dispatchEvent(new Event('visibilitychange'));
}

const settle = async (): Promise<void> => {
  for (let hops = 0; hops < 10; hops++) await Promise.resolve();
};

test('keeps the screen on until it is released', async () => {
  wakeLock.acquire();
  await settle();
  expect(screen.held).toBe(1);
  wakeLock.release();
  await settle();
  expect(screen.held).toBe(0);
});

test('is asked for once, however often it is held', async () => {
  wakeLock.acquire();
  wakeLock.acquire();
  await settle();
  wakeLock.acquire();
  await settle();
  expect(screen.asked).toBe(1);
});

test('is asked for again when the page is back, as often as it goes away', async () => {
  wakeLock.acquire();
  await settle();
  for (const times of [1, 2, 3]) {
    turn('hidden');
    await settle();
    expect(screen).toMatchObject({ asked: times, held: 0 });
    turn('visible');
    await settle();
    expect(screen).toMatchObject({ asked: times + 1, held: 1 });
  }
  wakeLock.release();
  await settle();
  expect(screen.held).toBe(0);
});

test('of a page that is hidden waits until it is seen', async () => {
  turn('hidden');
  wakeLock.acquire();
  await settle();
  expect(screen.asked).toBe(0);
  turn('visible');
  await settle();
  expect(screen.held).toBe(1);
});

test('is not asked for again after the call', async () => {
  wakeLock.acquire();
  await settle();
  turn('hidden');
  wakeLock.release();
  turn('visible');
  await settle();
  expect(screen).toMatchObject({ asked: 1, held: 0 });
});

test('that is granted after the call is given back', async () => {
  let grant: () => void = () => undefined;
  screen.pending = new Promise((resolve) => (grant = resolve));
  wakeLock.acquire();
  wakeLock.release();
  grant();
  await settle();
  expect(screen).toMatchObject({ asked: 1, held: 0 });
});

test('is held anew by the next call', async () => {
  wakeLock.acquire();
  await settle();
  wakeLock.release();
  wakeLock.acquire();
  await settle();
  expect(screen).toMatchObject({ asked: 2, held: 1 });
});

test('that is refused (low battery) is no error, and is asked for again when the page is back', async () => {
  screen.refusal = new DOMException('low battery', 'NotAllowedError');
  wakeLock.acquire();
  await settle();
  expect(screen.held).toBe(0);
  screen.refusal = null;
  turn('visible');
  await settle();
  expect(screen.held).toBe(1);
});

test('that cannot be given back is no error', async () => {
  const failing = { release: () => Promise.reject(new DOMException('gone', 'AbortError')) };
  screen.request = () => Promise.resolve(failing as unknown as WakeLockSentinel);
  const unhandled = vi.fn();
  addEventListener('unhandledrejection', unhandled);
  wakeLock.acquire();
  await settle();
  wakeLock.release();
  // An unhandled rejection is told in a task of its own.
  await new Promise((resolve) => requestAnimationFrame(resolve));
  removeEventListener('unhandledrejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

test('where a browser has none, nothing happens', () => {
  Reflect.deleteProperty(navigator, 'wakeLock');
  const descriptor = Object.getOwnPropertyDescriptor(Navigator.prototype, 'wakeLock') as PropertyDescriptor;
  Reflect.deleteProperty(Navigator.prototype, 'wakeLock');
  try {
    expect('wakeLock' in navigator).toBe(false);
    expect(() => {
      wakeLock.acquire();
      wakeLock.release();
    }).not.toThrow();
  } finally {
    Object.defineProperty(Navigator.prototype, 'wakeLock', descriptor);
  }
});

test('without a call nothing is released', () => {
  expect(() => wakeLock.release()).not.toThrow();
  expect(screen.asked).toBe(0);
});
