import { DATA_CHANNEL } from '../../../src/voice/data-channel-messages.js';
import { MediaPeer, type PeerListener } from '../media/media-peer.js';
import { readableOffer } from './readable-offer.js';

/** The media connection of a page that speaks plain WebRTC: one offer, one answer, all candidates in them. */
export class WebRtcPeer extends MediaPeer {
  constructor(listener: PeerListener) {
    super(listener, DATA_CHANNEL);
  }

  /** Answers an offer that wants to send and receive one sound. Rejects when it cannot be read. */
  async answer(offer: string): Promise<string> {
    await this.connection.setRemoteDescription({ type: 'offer', sdp: readableOffer(offer) });
    const [transceiver] = this.connection.getTransceivers();
    if (!transceiver) throw new TypeError('The offer has no sound.');
    transceiver.setDirection('sendrecv');
    await transceiver.sender.replaceTrack(this.track);
    await this.connection.setLocalDescription(await this.connection.createAnswer());
    return this.connection.localDescription?.sdp ?? '';
  }
}
