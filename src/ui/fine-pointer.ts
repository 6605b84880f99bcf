/** A mouse, and with it most likely a real keyboard. A page's tests may run where nothing tells: there is none then. */
export function hasFinePointer(): boolean {
  return globalThis.matchMedia?.('(pointer: fine)').matches ?? false;
}
