import { MediaPeer } from '../media/media-peer.js';
import { readableOffer } from './readable-offer.js';

/** The media connection of a page that speaks plain WebRTC. All candidates of ours are in the answer. */
export class WebRtcPeer extends MediaPeer {
  /** Answers an offer that wants to send and receive one sound, also one of a restarted ICE. Rejects when it cannot be read. */
  async answer(offer: string): Promise<string> {
    // werift answers anything, on a connection that it has already.
    if (!/^m=audio /m.test(offer)) throw new TypeError('The offer has no sound.');
    await this.connection.setRemoteDescription({ type: 'offer', sdp: readableOffer(offer) });
    const [transceiver] = this.connection.getTransceivers();
    if (!transceiver) throw new TypeError('The offer has no sound.');
    transceiver.setDirection('sendrecv');
    if (transceiver.sender.track !== this.track) await transceiver.sender.replaceTrack(this.track);
    return this.describe();
  }

  async addCandidate(candidate: string, sdpMid: string, sdpMLineIndex: number): Promise<void> {
    // werift stalls when it resolves an mDNS name; the browser's own checks find us without it.
    if (!candidate.includes('.local '))
      await this.connection.addIceCandidate({ candidate, sdpMid, sdpMLineIndex });
  }
}
