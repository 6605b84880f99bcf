import { asObject, unreadable } from './fields.js';

/** What a relay offers to the pages of its site. */
export interface RelayFeatures {
  /** The features on offer: `voice`, `chat`, `callback`, and others that a later relay may know. */
  features: readonly string[];
  /** Whether a callback works without a `phoneNumberId`. */
  phoneNumberIdOptional: boolean;
}

/**
 * Reads a relay's features. Strict, unlike the other readers: an answer that only resembles a relay's must not hide anything from
 * the visitor.
 *
 * @throws {ApiError} `invalid-response` when there is no list of texts.
 */
export function readRelayFeatures(json: unknown): RelayFeatures {
  const { features, phoneNumberIdOptional } = asObject(json) ?? {};
  if (!Array.isArray(features) || !features.every((feature) => typeof feature === 'string'))
    throw unreadable('no features');
  return { features, phoneNumberIdOptional: phoneNumberIdOptional === true };
}
