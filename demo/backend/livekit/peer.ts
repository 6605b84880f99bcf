import { MediaPeer, type PeerListener } from '../media/media-peer.js';
import { SdpFilter } from './sdp-filter.js';

/** The channel livekit-client opens for data packets that must arrive. */
const reliableChannel = '_reliable';

/** The media connection of a LiveKit client. */
export class Peer extends MediaPeer {
  #agentMid: string | undefined;

  constructor(listener: PeerListener) {
    super(listener, reliableChannel);
  }

  /**
   * Answers an offer. `agentTrack` is the `msid` of the agent's track, undefined while there is no agent.
   * The answer has no `agentMid` when the client offered no section for it.
   */
  async answer(
    offer: string,
    agentTrack: string | undefined,
  ): Promise<{ sdp: string; agentMid: string | undefined }> {
    const filter = new SdpFilter(offer, this.#agentMid);
    this.#agentMid = filter.agentMid;
    await this.connection.setRemoteDescription({ type: 'offer', sdp: filter.libraryOffer });
    for (const transceiver of this.connection.getTransceivers()) {
      if (transceiver.mid !== this.#agentMid) {
        transceiver.setDirection('recvonly');
      } else if (transceiver.sender.track !== this.track) {
        transceiver.setDirection('sendonly');
        await transceiver.sender.replaceTrack(this.track);
      }
    }
    return { sdp: filter.clientAnswer(await this.describe(), agentTrack), agentMid: this.#agentMid };
  }

  async addCandidate(candidateInit: string): Promise<void> {
    const candidate = JSON.parse(candidateInit) as { candidate?: string } | null;
    // werift stalls when it resolves an mDNS name; the browser's own checks find us without it.
    if (!candidate?.candidate || candidate.candidate.includes('.local ')) return;
    // Everything is bundled, and the first section is one that the library may not have seen.
    const section = { sdpMid: this.#agentMid, sdpMLineIndex: 0 };
    try {
      await this.connection.addIceCandidate({ candidate: candidate.candidate, ...section });
    } catch (error) {
      // One way less to reach the caller; another will do.
      console.warn('a candidate of the caller cannot be used', error);
    }
  }
}
