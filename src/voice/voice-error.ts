/** Why the microphone could not be opened or the media connection failed; each code is a failure reason of the same name. */
export type VoiceErrorCode =
  | 'microphone-denied'
  | 'microphone-dismissed'
  | 'microphone-blocked-by-system'
  | 'microphone-not-found'
  | 'microphone-in-use'
  | 'insecure-context'
  | 'blocked-by-permissions-policy'
  | 'in-app-browser'
  | 'connection-blocked'
  | 'connection-lost'
  | 'token-expired'
  | 'agent-never-joined'
  | 'call-in-another-tab'
  | 'unsupported-transport'
  | 'invalid-response';

/** Thrown by the microphone and by transports. `message` is for logs. */
export class VoiceError extends Error {
  override readonly name = 'VoiceError';
  readonly code: VoiceErrorCode;

  constructor(code: VoiceErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
