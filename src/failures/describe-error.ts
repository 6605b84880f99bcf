import { ApiError } from '../wire/api-error.js';
import { VoiceError } from '../voice/voice-error.js';
import { classifyError } from './classify-error.js';
import { isRetryableFailure } from './failure-reasons.js';

/** An error as the site owner's logs get it; never shown to the visitor. */
export interface ErrorDetail {
  code: string;
  message: string;
  retryable: boolean;
}

/** Set-up faults that only the site owner can correct, by error code. The console names them; the visitor is never shown them. */
const OWNER_HINTS: Record<string, string> = {
  unauthorized: 'the API refuses this api-key.',
  'scope-missing': 'the api-key lacks the scope for this (voice or chat).',
  'domain-not-allowed': 'this page’s domain is not on the api-key’s list of allowed domains.',
  'no-credit': 'the organization has no credit left.',
  'not-found': 'the API knows no agent with this agent-id.',
};

/**
 * The detail of an `osmtalk-error` event for any thrown value; `null` for a cancellation. `secrets` are removed from the message.
 */
export function describeError(error: unknown, secrets: readonly (string | undefined)[]): ErrorDetail | null {
  const reason = classifyError(error);
  if (reason === null) return null;
  const code = error instanceof ApiError || error instanceof VoiceError ? error.code : reason;
  const hint = OWNER_HINTS[code];
  const text = error instanceof Error ? error.message : String(error);
  const message = redact(hint ? `${text} — ${hint}` : text, secrets);
  return { code, message, retryable: isRetryableFailure(reason) };
}

export function isOwnersFault(detail: ErrorDetail): boolean {
  return Object.hasOwn(OWNER_HINTS, detail.code);
}

/**
 * Removes URL queries, JWTs and the given secrets from a text: queries carry tokens, and a server's error text may contain the
 * key.
 */
export function redact(text: string, secrets: readonly (string | undefined)[]): string {
  let safe = text.replace(/\?[^\s"'<>]*/g, '?…').replace(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, '…');
  for (const secret of secrets) if (secret) safe = safe.replaceAll(secret, '…');
  return safe;
}
