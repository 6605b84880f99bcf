import { openChannel } from './open-channel.js';

/** The key in `sessionStorage` under which `call/resumable-call` keeps a call over a reload. */
export const RESUMABLE_CALL_KEY = 'osmtalk:held-call';

/** The channel on which a tab names the agent whose conversations the other tabs must forget. */
export const RESET_CHANNEL = 'osmtalk:reset';

/** The beginning of the keys of all conversations with an agent: there is one for each API and each user of the site. */
export function threadPrefix(agentId: string): string {
  return `osmtalk:thread:${encodeURIComponent(agentId)}:`;
}

/**
 * Whether the page before this one may have left a resumable call, whose code is then loaded at once. False where storage is
 * blocked.
 */
export function mayHaveResumableCall(): boolean {
  try {
    return sessionStorage.getItem(RESUMABLE_CALL_KEY) !== null;
  } catch {
    return false;
  }
}

/** Asks the other tabs of the site to forget their conversations with this agent, too, where the browser has channels to them. */
export function tellTabs(agentId: string | undefined): void {
  const channel = openChannel(RESET_CHANNEL);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A BroadcastChannel reaches its own origin only.
  channel?.postMessage(agentId);
  channel?.close();
}

/** Removes every key that `isMeant` accepts from both storages. Blocked storage is skipped. */
export function forgetStored(isMeant: (key: string) => boolean): void {
  for (const name of ['localStorage', 'sessionStorage'] as const) {
    try {
      const store = globalThis[name];
      for (const key of Object.keys(store).filter(isMeant)) store.removeItem(key);
    } catch {
      // Storage is blocked.
    }
  }
}

/** Removes what is kept of the conversations with an agent, of its resumable call, and of the consent under this key. */
export function forgetConversations(agentId: string | undefined, consentKey: string | undefined): void {
  forgetStored(
    (key) =>
      key === RESUMABLE_CALL_KEY ||
      key === consentKey ||
      Boolean(agentId && key.startsWith(threadPrefix(agentId))),
  );
}
