import {
  MediaStreamTrack,
  type RTCDataChannel,
  RTCPeerConnection,
  RtpHeader,
  RtpPacket,
  useOPUS,
} from 'werift';
import { onTestFinished } from 'vitest';
import { askNoStun } from '../../../demo/backend/media/ask-no-stun.js';
import type { WebRtcAccess } from '../../../demo/backend/media/media-server.js';
import { withinMs } from '../../../src/async/within-ms.js';
import type { PageMessage } from '../../../src/voice/data-channel-messages.js';

const OPENS_WITHIN_MS = 12_000;
const ATTEMPTS = 5;

type Message = { type: string } & Record<string, unknown>;

/** A page that calls by plain WebRTC, without a browser. Goes when its test is over. */
export class WebRtcCaller {
  readonly messages: Message[] = [];
  packets = 0;
  /** Where the session is left. */
  location = '';
  /** The SDP of the first answer. */
  answer = '';
  readonly #connection = new RTCPeerConnection({
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
    codecs: { audio: [useOPUS()], video: [] },
  });
  readonly #track = new MediaStreamTrack({ kind: 'audio' });
  readonly #channel: RTCDataChannel;

  /** On a busy machine the channel between two ends of werift has stayed shut for good, seldom; why was not found. */
  static async join(access: WebRtcAccess): Promise<WebRtcCaller> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const caller = new WebRtcCaller(access);
      // Not before the next one is in: a caller who vanishes ends the call.
      onTestFinished(() => caller.vanish());
      if (await withinMs(caller.#join(), OPENS_WITHIN_MS)) return caller;
    }
    throw new Error(`no data channel was opened in ${ATTEMPTS} attempts`);
  }

  private constructor(private readonly access: WebRtcAccess) {
    this.#connection.addTransceiver(this.#track, { direction: 'sendrecv' });
    this.#connection.onTrack.subscribe((track) => track.onReceiveRtp.subscribe(() => (this.packets += 1)));
    this.#channel = this.#connection.createDataChannel('osmtalk');
    this.#channel.onMessage.subscribe((data) => this.messages.push(JSON.parse(data.toString())));
  }

  /** The types of what has arrived, signs of life left out. */
  get types(): string[] {
    return this.messages.map(({ type }) => type).filter((type) => type !== 'alive');
  }

  /** The final lines of the transcript. */
  get lines(): string[] {
    return this.messages.filter(({ final }) => final === true).map(({ text }) => String(text).trim());
  }

  send(message: PageMessage): void {
    this.sendRaw(JSON.stringify(message));
  }

  sendRaw(data: string | Buffer): void {
    this.#channel.send(data);
  }

  /** 20 ms of sound that is no silence, as far as an echo is concerned. */
  speakFrame(sequenceNumber: number): void {
    const header = new RtpHeader({ sequenceNumber, timestamp: sequenceNumber * 960 });
    this.#track.writeRtp(new RtpPacket(header, Buffer.from([0xf8, 0xff, 0xfe])));
  }

  leave(): Promise<Response> {
    return fetch(this.location, { method: 'DELETE', headers: this.#headers });
  }

  /** Goes without a word. */
  vanish(): Promise<void> {
    return this.#connection.close();
  }

  /** Asks for another way: the answer to an offer of a restarted ICE. */
  async restartIce(): Promise<Response> {
    await this.#connection.setLocalDescription(await this.#connection.createOffer({ iceRestart: true }));
    return fetch(this.location, {
      method: 'PATCH',
      headers: { ...this.#headers, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'offer', sdp: this.#connection.localDescription?.sdp }),
    });
  }

  async #join(): Promise<true> {
    askNoStun(this.#connection);
    await this.#connection.setLocalDescription(await this.#connection.createOffer());
    const response = await postOffer(this.access, {
      type: 'offer',
      sdp: this.#connection.localDescription?.sdp,
    });
    if (!response.ok) throw new Error(`The offer was refused: ${response.status} ${await response.text()}`);
    this.location = new URL(response.headers.get('location') ?? '', this.access.url).href;
    const answer = await response.json();
    this.answer = answer.sdp;
    await this.#connection.setRemoteDescription(answer);
    if (this.#channel.readyState !== 'open')
      await this.#channel.stateChanged.watch((state) => state === 'open');
    return true;
  }

  get #headers(): Record<string, string> {
    return { authorization: `Bearer ${this.access.token}` };
  }
}

export function postOffer(access: WebRtcAccess, body: unknown, token = access.token): Promise<Response> {
  return fetch(access.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
