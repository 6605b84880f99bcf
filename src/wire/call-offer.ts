export interface LiveKitOffer {
  transport: 'livekit';
  callId: string | null;
  serverUrl: string;
  token: string;
  raw: unknown;
}

export interface WebRtcOffer {
  transport: 'webrtc';
  callId: string | null;
  url: string;
  token: string | null;
  iceServers: RTCIceServer[];
  /** The server is known to speak Pipecat's SmallWebRTC. */
  small?: SmallWebRtcRequest;
  raw: unknown;
}

/** What goes with each offer to a SmallWebRTC server. */
export interface SmallWebRtcRequest {
  headers: Record<string, string>;
  requestData: unknown;
}

/** Something else: only a transport that the site has added (`transports`) may know it. */
interface ForeignOffer {
  transport: 'foreign';
  callId: string | null;
  name: string;
  raw: unknown;
}

/** What connect answered: where the call takes place. */
export type CallOffer = LiveKitOffer | WebRtcOffer | ForeignOffer;
