import { lazy } from '../async/lazy.js';
import type { CallOffer } from '../wire/call-offer.js';
import type { TransportLoader, VoiceTransport } from './transport.js';
import { VoiceError } from './voice-error.js';

const livekit: TransportLoader = {
  name: 'livekit',
  accepts: (offer) => offer.transport === 'livekit',
  load: lazy(async () => (await import('./livekit/livekit-transport.js')).createLiveKitTransport),
};

const webrtc: TransportLoader = {
  name: 'webrtc',
  accepts: (offer) => offer.transport === 'webrtc',
  load: lazy(async () => (await import('./webrtc/webrtc-transport.js')).createWebRtcTransport),
};

/**
 * Loads the code for calls ahead of need, when the visitor seems about to call. A failure is ignored here: the call itself meets
 * it.
 */
export function warmUpTransport(): void {
  void livekit.load();
}

/**
 * Makes the transport for this offer; a site's own loaders are asked first. Rejects when the transport's code cannot be loaded.
 *
 * @throws {VoiceError} `unsupported-transport` when no loader accepts the offer.
 */
export async function loadTransport(
  offer: CallOffer,
  extraLoaders: readonly TransportLoader[] = [],
): Promise<VoiceTransport> {
  const loader = [...extraLoaders, livekit, webrtc].find((each) => each.accepts(offer));
  if (!loader) {
    const name = offer.transport === 'foreign' ? offer.name : offer.transport;
    throw new VoiceError('unsupported-transport', `No transport for "${name}"`);
  }
  const create = await loader.load();
  return create(offer);
}
