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
import { askNoStun } from './ask-no-stun.js';
import { strand, unplug } from './unplug.js';

export interface PeerListener {
  /** Sound and data run. */
  onReady(): void;
  onLost(): void;
  onAudio(payload: Buffer, timestamp: number, levelDb: number): void;
  onData(bytes: Uint8Array): void;
}

export const samplesPerFrame = 960;

/** The WebRTC connection of one caller: one track out, the caller's microphone in, data both ways. */
export abstract class MediaPeer {
  protected readonly connection = new RTCPeerConnection({
    iceServers: [],
    // Loopback too: a machine without any network still has a demo.
    iceAdditionalHostAddresses: ['127.0.0.1'],
    bundlePolicy: 'max-bundle',
    codecs: { audio: [useOPUS()], video: [] },
    headerExtensions: { audio: [useSdesMid(), useAudioLevelIndication()], video: [] },
  });
  protected readonly track = new MediaStreamTrack({ kind: 'audio' });
  readonly #heardTracks = new WeakSet<MediaStreamTrack>();
  #data: RTCDataChannel | undefined;
  #sequenceNumber = 0;
  #timestamp = 0;
  #isReady = false;
  #cutTimer: NodeJS.Timeout | undefined;
  #plugIn = (): void => {};

  /** `channelLabel` names the data channel, which the client opens, for what must arrive; without it any will do. */
  constructor(
    private readonly listener: PeerListener,
    channelLabel?: string,
  ) {
    this.connection.onTrack.subscribe((track) => {
      // werift announces a track again with every negotiation.
      if (this.#heardTracks.has(track)) return;
      this.#heardTracks.add(track);
      track.onReceiveRtp.subscribe((packet, extensions) =>
        listener.onAudio(packet.payload, packet.header.timestamp, levelOf(extensions)),
      );
    });
    this.connection.onDataChannel.subscribe((channel) => {
      channel.onMessage.subscribe((message) => listener.onData(Buffer.from(message)));
      if (channelLabel !== undefined && channel.label !== channelLabel) return;
      this.#data = channel;
      channel.stateChanged.subscribe(() => this.#checkReady());
      this.#checkReady();
    });
    this.connection.connectionStateChange.subscribe((state) => {
      if (state === 'connected') this.#checkReady();
      if (state === 'failed') listener.onLost();
    });
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  sendAudio(payload: Uint8Array, samples = samplesPerFrame): void {
    this.#sequenceNumber = (this.#sequenceNumber + 1) & 0xffff;
    this.#timestamp = (this.#timestamp + samples) >>> 0;
    if (!this.#isReady) return;
    const header = new RtpHeader({ sequenceNumber: this.#sequenceNumber, timestamp: this.#timestamp });
    this.track.writeRtp(new RtpPacket(header, Buffer.from(payload)));
  }

  sendData(data: Uint8Array | string): void {
    if (this.#data?.readyState === 'open')
      this.#data.send(typeof data === 'string' ? data : Buffer.from(data));
  }

  /** Loses every packet both ways for a while: what a dead network does. */
  cutMedia(cutMs: number): void {
    this.#endCut();
    this.#plugIn = unplug(this.connection);
    this.#cutTimer = setTimeout(() => this.#endCut(), cutMs);
  }

  /** The caller is reached under other addresses from now on, or not at all. */
  changeNetwork(): void {
    strand(this.connection);
  }

  close(): Promise<void> {
    this.#endCut();
    return this.connection.close();
  }

  /** The answer to the offer that was set, with all candidates. */
  protected async describe(): Promise<string> {
    askNoStun(this.connection);
    await this.connection.setLocalDescription(await this.connection.createAnswer());
    return this.connection.localDescription?.sdp ?? '';
  }

  #endCut(): void {
    clearTimeout(this.#cutTimer);
    this.#plugIn();
    this.#plugIn = () => {};
  }

  #checkReady(): void {
    const isConnected = this.connection.connectionState === 'connected';
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
