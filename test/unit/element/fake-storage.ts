import { vi } from 'vitest';

export interface FakeStorage {
  items: Map<string, string>;
  readonly length: number;
  key: (index: number) => string | null;
  getItem: (key: string) => string | null;
  setItem: (key: string, value: string) => void;
  removeItem: (key: string) => void;
}

function fakeStorage(): FakeStorage {
  const items = new Map<string, string>();
  return {
    items,
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
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
