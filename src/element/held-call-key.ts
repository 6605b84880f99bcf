/** Where `call/held-call` keeps a call over a reload, in `sessionStorage`. */
export const HELD_CALL_KEY = 'osmtalk:held-call';

/** The page before this one held a call: its code is wanted at once. */
export function mayHoldCall(): boolean {
  try {
    return sessionStorage.getItem(HELD_CALL_KEY) !== null;
  } catch {
    return false;
  }
}
