import { ApiError } from './api-error.js';

/**
 * The JSON of connect and chat and the media transport are not documented by the platform. This file, `connect-responses`, `call-records`
 * and `chat-responses` are the one place that reads them: tolerantly, and never past an unreadable answer. The first name of each list is the
 * one we write.
 */

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
export interface ForeignOffer {
  transport: 'foreign';
  callId: string | null;
  name: string;
  raw: unknown;
}

/** What connect answered: where the call takes place. */
export type CallOffer = LiveKitOffer | WebRtcOffer | ForeignOffer;

export interface ChatReply extends SupportState {
  text: string;
  sessionId: string | null;
}

/** Who answers; nothing of it where the platform does not say. */
export interface SupportState {
  /** `support`: a person answers, perhaps later, so that `text` may be empty. */
  mode?: 'agent' | 'support';
  /** The visitor has asked for a person. */
  helpRequested?: boolean;
}

/** What a relay offers to the pages of its site. */
export interface RelayFeatures {
  /** Of `voice`, `chat` and `callback`; a later relay may know more words. */
  features: readonly string[];
  /** A callback needs no `phoneNumberId`. */
  phoneNumberIdOptional: boolean;
}

export interface TranscriptItem {
  role: 'user' | 'agent';
  text: string;
  at: string | null;
}

export interface CallRecord {
  callId: string | null;
  /** `queued ringing connecting in_progress completed failed`; kept as sent, since more may come. */
  status: string;
  /** As sent: an unknown word, or not a word at all, is for `failures/` to judge. */
  failureReason: unknown;
  didConnect: boolean | null;
  durationSeconds: number | null;
  transcript: TranscriptItem[];
  recordingUrl: string | null;
  startedAt: string | null;
  endedAt: string | null;
  channel: string | null;
  agentId: string | null;
}

export type Fields = Record<string, unknown>;

/** An id is kept, and sent with each message: a longer one is none. In characters. */
export const LONGEST_ID = 400;

/** Strictly, unlike the others: by what only looks like an answer of a relay, nothing is hidden from the visitor. */
export function readRelayFeatures(json: unknown): RelayFeatures {
  const { features, phoneNumberIdOptional } = asObject(json) ?? {};
  if (!Array.isArray(features) || !features.every((feature) => typeof feature === 'string'))
    throw unreadable('no features');
  return { features, phoneNumberIdOptional: phoneNumberIdOptional === true };
}

/** Some gateways wrap every answer in `{data: …}`. */
export function unwrap(json: unknown, what: string): Fields {
  const fields = asObject(json);
  if (!fields) throw unreadable(`${what} did not answer an object`);
  return asObject(fields.data) ?? fields;
}

export function asObject(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

export function firstString(fields: Fields, names: string[]): string | null {
  for (const name of names) {
    const value = fields[name];
    const isId = /id$/i.test(name);
    if (typeof value === 'string' && value !== '' && !(isId && !canBeId(value))) return value;
    if (typeof value === 'number' && isId) return String(value);
  }
  return null;
}

/** Half a character can stand in no address. */
function canBeId(text: string): boolean {
  return text.length <= LONGEST_ID && !/\p{Cs}/u.test(text);
}

/** Like `firstString`, but an empty text counts as an answer. */
export function firstText(fields: Fields, names: string[]): string | null {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'string') return value;
  }
  return null;
}

export function firstBoolean(fields: Fields, names: string[]): boolean | null {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'boolean') return value;
  }
  return null;
}

export function unreadable(what: string): ApiError {
  return new ApiError('invalid-response', `Unreadable answer: ${what}`);
}
