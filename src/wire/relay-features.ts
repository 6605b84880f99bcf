import { asObject, unreadable } from './fields.js';

/** What a relay offers to the pages of its site. */
export interface RelayFeatures {
  /** Of `voice`, `chat` and `callback`; a later relay may know more words. */
  features: readonly string[];
  /** A callback needs no `phoneNumberId`. */
  phoneNumberIdOptional: boolean;
}

/** Strictly, unlike the others: by what only looks like an answer of a relay, nothing is hidden from the visitor. */
export function readRelayFeatures(json: unknown): RelayFeatures {
  const { features, phoneNumberIdOptional } = asObject(json) ?? {};
  if (!Array.isArray(features) || !features.every((feature) => typeof feature === 'string'))
    throw unreadable('no features');
  return { features, phoneNumberIdOptional: phoneNumberIdOptional === true };
}
