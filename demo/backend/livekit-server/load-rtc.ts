export type Rtc = typeof import('@livekit/rtc-node');

/** LiveKit's SDK for Node is native code of 25 MB, so it is loaded only where a LiveKit server is used. */
export async function loadRtc(): Promise<Rtc> {
  try {
    return await import('@livekit/rtc-node');
  } catch (cause) {
    throw new Error('LIVEKIT_URL is set, but @livekit/rtc-node cannot be loaded on this machine.', { cause });
  }
}

/** The SDK keeps a process alive once it was used. It cannot be used again after this: only for the end. */
export async function disposeRtc(): Promise<void> {
  const rtc = await loadRtc();
  await rtc.dispose();
}
