import { vi } from 'vitest';

export interface FakeStorage {
  items: Map<string, string>;
  readonly length: number;
  key: (index: number) => string | null;
  getItem: (key: string) => string | null;
  setItem: (key: string, value: string) => void;
  removeItem: (key: string) => void;
}

/** As a browser's: what is kept are its own properties, and all that it has. */
function fakeStorage(): FakeStorage {
  const items = new Map<string, string>();
  const methods: FakeStorage = {
    items,
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
  return new Proxy(methods, {
    ownKeys: () => [...items.keys()],
    getOwnPropertyDescriptor: (_methods, key) => {
      const value = items.get(String(key));
      return value === undefined
        ? undefined
        : { value, writable: true, enumerable: true, configurable: true };
    },
  });
}

/** Gives this test the two storages of a browser. Needs `vi.unstubAllGlobals` afterwards. */
export function stubStorages(): { local: FakeStorage; session: FakeStorage } {
  const storages = { local: fakeStorage(), session: fakeStorage() };
  vi.stubGlobal('localStorage', storages.local);
  vi.stubGlobal('sessionStorage', storages.session);
  return storages;
}

/** Takes the storages away, as a browser does that blocks them: merely touching one throws. */
export function blockStorages(): void {
  const refuse = (): never => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  const blocked = new Proxy({}, { get: refuse });
  vi.stubGlobal('localStorage', blocked);
  vi.stubGlobal('sessionStorage', blocked);
}
