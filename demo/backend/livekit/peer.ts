import {
  MediaStreamTrack,
  type RTCDataChannel,
  RTCPeerConnection,
  RTP_EXTENSION_URI,
  RtpHeader,
  RtpPacket,
  useAudioLevelIndication,
  useOPUS,
  useSdesMid,
} from 'werift';
import { silenceDb } from '../agent/loudness.js';
import { SdpFilter } from './sdp-filter.js';

export interface PeerListener {
  /** Sound and data run. */
  onReady(): void;
  onLost(): void;
  onAudio(payload: Buffer, timestamp: number, levelDb: number): void;
  onData(bytes: Uint8Array): void;
}

/** The channel livekit-client opens for data packets that must arrive. */
const reliableChannel = '_reliable';
export const samplesPerFrame = 960;

/** The WebRTC connection of one caller: one track out, the caller's microphone in, data both ways. */
export class Peer {
  readonly #connection = new RTCPeerConnection({
    iceServers: [],
    // Loopback too: a machine without any network still has a demo.
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceFilterStunResponse: () => !this.#isCut(),
    bundlePolicy: 'max-bundle',
    codecs: { audio: [useOPUS()], video: [] },
    headerExtensions: { audio: [useSdesMid(), useAudioLevelIndication()], video: [] },
  });
  readonly #track = new MediaStreamTrack({ kind: 'audio' });
  readonly #heardTracks = new WeakSet<MediaStreamTrack>();
  #data: RTCDataChannel | undefined;
  #agentMid: string | undefined;
  #sequenceNumber = 0;
  #timestamp = 0;
  #cutUntil = 0;
  #isReady = false;

  constructor(private readonly listener: PeerListener) {
    this.#connection.onTrack.subscribe((track) => {
      // werift announces a track again with every negotiation.
      if (this.#heardTracks.has(track)) return;
      this.#heardTracks.add(track);
      track.onReceiveRtp.subscribe((packet, extensions) => {
        if (this.#isCut()) return;
        listener.onAudio(packet.payload, packet.header.timestamp, levelOf(extensions));
      });
    });
    this.#connection.onDataChannel.subscribe((channel) => {
      channel.onMessage.subscribe((message) => listener.onData(Buffer.from(message)));
      if (channel.label !== reliableChannel) return;
      this.#data = channel;
      channel.stateChanged.subscribe(() => this.#checkReady());
      this.#checkReady();
    });
    this.#connection.connectionStateChange.subscribe((state) => {
      if (state === 'connected') this.#checkReady();
      if (state === 'failed') listener.onLost();
    });
  }

  get isReady(): boolean {
    return this.#isReady;
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
    await this.#connection.setRemoteDescription({ type: 'offer', sdp: filter.libraryOffer });
    for (const transceiver of this.#connection.getTransceivers()) {
      if (transceiver.mid !== this.#agentMid) {
        transceiver.setDirection('recvonly');
      } else if (transceiver.sender.track !== this.#track) {
        transceiver.setDirection('sendonly');
        await transceiver.sender.replaceTrack(this.#track);
      }
    }
    await this.#connection.setLocalDescription(await this.#connection.createAnswer());
    const answer = this.#connection.localDescription?.sdp ?? '';
    return { sdp: filter.clientAnswer(answer, agentTrack), agentMid: this.#agentMid };
  }

  async addCandidate(candidateInit: string): Promise<void> {
    const candidate = JSON.parse(candidateInit) as { candidate?: string } | null;
    // werift stalls when it resolves an mDNS name; the browser's own checks find us without it.
    if (!candidate?.candidate || candidate.candidate.includes('.local ')) return;
    // Everything is bundled, and the first section is one that the library may not have seen.
    const section = { sdpMid: this.#agentMid, sdpMLineIndex: 0 };
    try {
      await this.#connection.addIceCandidate({ candidate: candidate.candidate, ...section });
    } catch (error) {
      // One way less to reach the caller; another will do.
      console.warn('a candidate of the caller cannot be used', error);
    }
  }

  sendAudio(payload: Uint8Array, samples = samplesPerFrame): void {
    this.#sequenceNumber = (this.#sequenceNumber + 1) & 0xffff;
    this.#timestamp = (this.#timestamp + samples) >>> 0;
    if (!this.#isReady || this.#isCut()) return;
    const header = new RtpHeader({ sequenceNumber: this.#sequenceNumber, timestamp: this.#timestamp });
    this.#track.writeRtp(new RtpPacket(header, Buffer.from(payload)));
  }

  sendData(bytes: Uint8Array): void {
    if (this.#data?.readyState === 'open') this.#data.send(Buffer.from(bytes));
  }

  /** Loses all sound both ways for a while, and gives no sign of life: what a dead network does. */
  cutMedia(cutMs: number): void {
    this.#cutUntil = performance.now() + cutMs;
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  #isCut(): boolean {
    return performance.now() < this.#cutUntil;
  }

  #checkReady(): void {
    const isConnected = this.#connection.connectionState === 'connected';
    if (this.#isReady || !isConnected || this.#data?.readyState !== 'open') return;
    this.#isReady = true;
    this.listener.onReady();
  }
}

/** werift does not say what its header extensions hold; the audio level is `-dBov` (RFC 6464). */
function levelOf(extensions: Record<string, unknown> | undefined): number {
  const audioLevel = extensions?.[RTP_EXTENSION_URI.audioLevelIndication] as { level: number } | undefined;
  return audioLevel ? -audioLevel.level : silenceDb;
}
