/**
 * Whether the visitor has a mouse, and with it most likely a real keyboard. False without `matchMedia`, as in some test
 * environments.
 */
export function hasFinePointer(): boolean {
  return globalThis.matchMedia?.('(pointer: fine)').matches ?? false;
}
