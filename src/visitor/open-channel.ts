/** Opens a channel to the other tabs of the site; `null` where the browser has no BroadcastChannel, or forbids it. */
export function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}
