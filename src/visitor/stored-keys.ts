/** Where `call/held-call` keeps a call over a reload, in `sessionStorage`. */
export const RESUMABLE_CALL_KEY = 'osmtalk:held-call';

/** Other tabs hear here of the agent whose conversations are to be forgotten. */
export const RESET_CHANNEL = 'osmtalk:reset';

/** What the keys of all conversations with an agent begin with: there is one for each API and each user of the site. */
export function threadPrefix(agentId: string): string {
  return `osmtalk:thread:${encodeURIComponent(agentId)}:`;
}

/** The page before this one held a call: its code is wanted at once. */
export function mayHaveResumableCall(): boolean {
  try {
    return sessionStorage.getItem(RESUMABLE_CALL_KEY) !== null;
  } catch {
    return false;
  }
}

/** Lets the other tabs of the site forget their conversations with this agent as well. */
export function tellTabs(agentId: string | undefined): void {
  if (!('BroadcastChannel' in globalThis)) return;
  const channel = new BroadcastChannel(RESET_CHANNEL);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A BroadcastChannel reaches its own origin only.
  channel.postMessage(agentId);
  channel.close();
}

/** Takes away what both storages hold and `isMeant` says yes to. Blocked storage holds nothing. */
export function forgetStored(isMeant: (key: string) => boolean): void {
  for (const name of ['localStorage', 'sessionStorage'] as const) {
    try {
      const store = globalThis[name];
      for (const key of Object.keys(store).filter(isMeant)) store.removeItem(key);
    } catch {
      // Blocked.
    }
  }
}
