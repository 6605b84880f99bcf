import { isInAppBrowser } from './in-app-browser.js';
import { checkSupport } from './check-support.js';
import { microphonePermission } from './microphone-permission.js';
import { VoiceError, type VoiceErrorCode } from './voice-error.js';

export interface OpenMicrophoneOptions {
  signal: AbortSignal;
  /** The device to open; the system's default when it is gone. */
  deviceId?: string | undefined;
  /** Default `navigator.mediaDevices`. */
  mediaDevices?: Pick<MediaDevices, 'getUserMedia'> | undefined;
}

const AUDIO = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
} satisfies MediaTrackConstraints;

let wasRefused = false;

/**
 * Whether this page was refused the microphone. From then on Safari asks the visitor only within a press, and otherwise refuses
 * without asking.
 */
export function microphoneWasRefused(): boolean {
  return wasRefused;
}

/**
 * Asks for the microphone and resolves with its live track, which the caller must stop. A prompt cannot be withdrawn: when
 * `signal` aborts meanwhile, a track that is granted later is stopped at once, and the promise rejects with the signal's reason.
 *
 * @throws {VoiceError} a `microphone-…`, `insecure-context`, `in-app-browser`, `unsupported-transport` or
 * `blocked-by-permissions-policy` error.
 */
export async function openMicrophone(options: OpenMicrophoneOptions): Promise<MediaStreamTrack> {
  options.signal.throwIfAborted();
  const impediment = checkSupport();
  if (impediment) throw impediment;
  const devices = options.mediaDevices ?? navigator.mediaDevices;
  const stream = await openChosen(devices, options).catch(async (error: unknown) => {
    wasRefused ||= isNamed(error, 'NotAllowedError');
    options.signal.throwIfAborted();
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

async function openChosen(
  devices: Pick<MediaDevices, 'getUserMedia'>,
  { deviceId, signal }: OpenMicrophoneOptions,
): Promise<MediaStream> {
  if (!deviceId) return devices.getUserMedia({ audio: AUDIO });
  try {
    return await devices.getUserMedia({ audio: { ...AUDIO, deviceId: { exact: deviceId } } });
  } catch (error) {
    // The chosen device is unplugged, or cannot do what was asked: any other device is better than none.
    if (!isNamed(error, 'OverconstrainedError', 'NotFoundError', 'NotReadableError')) throw error;
    signal.throwIfAborted();
    return devices.getUserMedia({ audio: AUDIO });
  }
}

function isNamed(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name);
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
      // Chromium's messages; other browsers use one name for both cases, which the permission state tells apart.
      if (/system/i.test(message)) return 'microphone-blocked-by-system';
      if (/dismissed/i.test(message)) return 'microphone-dismissed';
      return codeForRefusal(message, await microphonePermission());
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'microphone-not-found';
    default:
      return 'microphone-in-use';
  }
}

function codeForRefusal(message: string, permission: PermissionState | 'unknown'): VoiceErrorCode {
  // The visitor has not refused: the app around the page did.
  if (permission !== 'denied' && isInAppBrowser(navigator.userAgent)) return 'in-app-browser';
  // Chromium's message for a refusal, where the state may still be `prompt` when a policy or a flag refuses.
  if (message === 'Permission denied') return 'microphone-denied';
  // Firefox and Safari use the same message for all cases: a refusal although the site is allowed can only come from the system.
  // Untried in Safari: that the state is not `prompt` then.
  if (permission === 'granted') return 'microphone-blocked-by-system';
  return permission === 'prompt' ? 'microphone-dismissed' : 'microphone-denied';
}
