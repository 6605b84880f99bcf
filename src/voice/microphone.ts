import { VoiceError, type VoiceErrorCode } from './voice-error.js';

export interface OpenMicrophoneOptions {
  signal: AbortSignal;
  /** Default `navigator.mediaDevices`. */
  mediaDevices?: Pick<MediaDevices, 'getUserMedia'> | undefined;
}

const CONSTRAINTS: MediaStreamConstraints = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
};

/**
 * Asks for the microphone and resolves with its live track, which the caller must stop. A prompt cannot be withdrawn:
 * when `signal` aborts meanwhile, a track that is granted later is stopped at once.
 *
 * @throws {VoiceError} a `microphone-…`, `insecure-context` or `blocked-by-permissions-policy` error.
 */
export async function openMicrophone(options: OpenMicrophoneOptions): Promise<MediaStreamTrack> {
  const impediment = findImpediment();
  if (impediment) throw impediment;
  const devices = options.mediaDevices ?? navigator.mediaDevices;
  const stream = await devices.getUserMedia(CONSTRAINTS).catch(async (error: unknown) => {
    throw await describeMicrophoneError(error);
  });
  const [track] = stream.getAudioTracks();
  if (!track) throw new VoiceError('microphone-not-found', 'The stream has no audio track');
  if (options.signal.aborted) {
    for (const each of stream.getTracks()) each.stop();
    options.signal.throwIfAborted();
  }
  return track;
}

/** What rules a microphone out before any prompt, or `null`. */
export function findImpediment(): VoiceError | null {
  if (!globalThis.isSecureContext)
    return new VoiceError('insecure-context', 'The page is not a secure context');
  if (navigator.mediaDevices === undefined)
    return new VoiceError('in-app-browser', 'This browser has no mediaDevices');
  // Chromium only; elsewhere a forbidding policy shows as NotAllowedError.
  const policy = (document as { featurePolicy?: { allowsFeature(name: string): boolean } }).featurePolicy;
  if (policy && !policy.allowsFeature('microphone')) {
    return new VoiceError('blocked-by-permissions-policy', 'Permissions-Policy forbids the microphone');
  }
  return null;
}

export async function microphonePermission(): Promise<PermissionState | 'unknown'> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' })).state;
  } catch {
    // Firefox before 131 and some WebViews do not know the name.
    return 'unknown';
  }
}

async function describeMicrophoneError(error: unknown): Promise<VoiceError> {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return new VoiceError(await codeFor(name, message), `getUserMedia: ${name}: ${message}`, error);
}

async function codeFor(name: string, message: string): Promise<VoiceErrorCode> {
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'SecurityError':
      // Chromium's words; other browsers report both with the same name, and the permission state tells them apart.
      if (/system/i.test(message)) return 'microphone-blocked-by-system';
      if (/dismissed/i.test(message)) return 'microphone-dismissed';
      return (await microphonePermission()) === 'prompt' ? 'microphone-dismissed' : 'microphone-denied';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'microphone-not-found';
    default:
      return 'microphone-in-use';
  }
}
