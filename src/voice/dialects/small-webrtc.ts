/** What Pipecat's SmallWebRTC says beside RTVI: `{"type":"signalling","message":{"type":"peerLeft"}}` as the bot goes. */
export function isPeerLeft(data: string): boolean {
  if (data.length > 1_000 || !data.includes('peerLeft')) return false;
  try {
    const { type, message } = JSON.parse(data) as { type?: unknown; message?: { type?: unknown } };
    return type === 'signalling' && message?.type === 'peerLeft';
  } catch {
    return false;
  }
}
