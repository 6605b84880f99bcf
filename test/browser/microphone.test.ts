import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { server } from 'vitest/browser';
import { watchMicrophonePermission } from '../../src/panel/call/permission-watch.js';
import { openMicrophone } from '../../src/voice/microphone.js';
import type { VoiceErrorCode } from '../../src/voice/voice-error.js';

const USER_AGENTS = {
  Chrome:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  Firefox: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
  Safari:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
  Instagram:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 331.0.0.29.90',
};

let signal: AbortSignal;
const opened: MediaStreamTrack[] = [];

beforeEach(() => {
  ({ signal } = new AbortController());
});
afterEach(() => {
  for (const track of opened.splice(0)) track.stop();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** What the visitor has decided; `unknown` where the browser does not tell. */
function stubPermission(state: PermissionState | 'unknown'): void {
  const query = vi.spyOn(navigator.permissions, 'query');
  if (state === 'unknown') query.mockRejectedValue(new TypeError('unknown name'));
  else query.mockResolvedValue(Object.assign(new EventTarget(), { state }) as PermissionStatus);
}

/** Devices that give these answers, one after the other. */
function devices(...answers: (Error | MediaStream)[]) {
  const getUserMedia = vi.fn((constraints?: MediaStreamConstraints): Promise<MediaStream> => {
    const answer = answers.shift();
    if (answer instanceof MediaStream) return Promise.resolve(answer);
    return Promise.reject(answer ?? new Error(`Not expected: ${JSON.stringify(constraints)}`));
  });
  return { getUserMedia };
}

/** A stream of silence, without a microphone. */
function stream(tracks = 1): MediaStream {
  const context = new AudioContext();
  const streams = Array.from({ length: tracks }, () => context.createMediaStreamDestination().stream);
  const all = streams.flatMap((each) => each.getAudioTracks());
  opened.push(...all);
  void context.close();
  return new MediaStream(all);
}

const asked = ({ getUserMedia }: ReturnType<typeof devices>): unknown[] =>
  getUserMedia.mock.calls.map(([constraints]) => {
    const { audio } = constraints ?? {};
    return typeof audio === 'object' ? audio.deviceId : audio;
  });

describe('a refusal', () => {
  const CHROMIUM = 'Permission denied';
  const FIREFOX = 'The request is not allowed by the user agent or the platform in the current context.';
  const SAFARI =
    'The request is not allowed by the user agent or the platform in the current context, possibly because the user denied permission.';

  test.each<[string, string, PermissionState | 'unknown', keyof typeof USER_AGENTS, VoiceErrorCode]>([
    // Chromium says which it was, whatever the state.
    ['NotAllowedError', CHROMIUM, 'denied', 'Chrome', 'microphone-denied'],
    ['NotAllowedError', CHROMIUM, 'prompt', 'Chrome', 'microphone-denied'],
    ['NotAllowedError', CHROMIUM, 'unknown', 'Chrome', 'microphone-denied'],
    ['NotAllowedError', 'Permission dismissed', 'prompt', 'Chrome', 'microphone-dismissed'],
    ['NotAllowedError', 'Permission dismissed', 'denied', 'Chrome', 'microphone-dismissed'],
    ['NotAllowedError', 'Permission denied by system', 'granted', 'Chrome', 'microphone-blocked-by-system'],
    ['NotAllowedError', 'Permission denied by system', 'denied', 'Chrome', 'microphone-blocked-by-system'],
    // Firefox and Safari do not: the state does.
    ['NotAllowedError', FIREFOX, 'denied', 'Firefox', 'microphone-denied'],
    ['NotAllowedError', FIREFOX, 'prompt', 'Firefox', 'microphone-dismissed'],
    ['NotAllowedError', FIREFOX, 'unknown', 'Firefox', 'microphone-denied'],
    ['NotAllowedError', SAFARI, 'denied', 'Safari', 'microphone-denied'],
    ['NotAllowedError', SAFARI, 'prompt', 'Safari', 'microphone-dismissed'],
    // The visitor allowed it, and their browser: what is left is the system.
    ['NotAllowedError', FIREFOX, 'granted', 'Firefox', 'microphone-blocked-by-system'],
    ['NotAllowedError', SAFARI, 'granted', 'Safari', 'microphone-blocked-by-system'],
    // The names of old browsers.
    ['PermissionDeniedError', '', 'denied', 'Chrome', 'microphone-denied'],
    ['SecurityError', 'The operation is insecure.', 'denied', 'Chrome', 'microphone-denied'],
    // A refusal that the visitor never gave.
    ['NotAllowedError', SAFARI, 'prompt', 'Instagram', 'in-app-browser'],
    ['NotAllowedError', SAFARI, 'unknown', 'Instagram', 'in-app-browser'],
    ['NotAllowedError', CHROMIUM, 'unknown', 'Instagram', 'in-app-browser'],
    ['NotAllowedError', SAFARI, 'denied', 'Instagram', 'microphone-denied'],
    ['NotAllowedError', 'Permission dismissed', 'prompt', 'Instagram', 'microphone-dismissed'],
    ['NotFoundError', 'Requested device not found', 'granted', 'Chrome', 'microphone-not-found'],
    ['DevicesNotFoundError', '', 'granted', 'Chrome', 'microphone-not-found'],
    ['OverconstrainedError', '', 'granted', 'Chrome', 'microphone-not-found'],
    ['NotFoundError', 'Requested device not found', 'prompt', 'Instagram', 'microphone-not-found'],
    ['NotReadableError', 'Could not start audio source', 'granted', 'Chrome', 'microphone-in-use'],
    ['TrackStartError', '', 'granted', 'Chrome', 'microphone-in-use'],
    ['AbortError', 'Starting audio failed', 'granted', 'Chrome', 'microphone-in-use'],
  ])('%s "%s", permission %s, in %s → %s', async (name, message, permission, browser, code) => {
    stubPermission(permission);
    vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(USER_AGENTS[browser]);
    const cause = new DOMException(message, name);
    const opening = openMicrophone({ signal, mediaDevices: devices(cause) });
    await expect(opening).rejects.toMatchObject({ name: 'VoiceError', code, cause });
    await expect(opening).rejects.toThrow(name);
  });

  test('of a kind that is no error has a name all the same', async () => {
    const getUserMedia = (): Promise<never> => Promise.reject('PermissionDenied');
    await expect(openMicrophone({ signal, mediaDevices: { getUserMedia } })).rejects.toMatchObject({
      name: 'VoiceError',
      code: 'microphone-in-use',
    });
  });
});

describe('a microphone that is granted', () => {
  test('is the browser’s own, cleaned up by it', async ({ skip }) => {
    const { noiseSuppression: isKnown } = navigator.mediaDevices.getSupportedConstraints();
    skip(!isKnown, 'WebKitGTK cleans up no sound but the echo');
    const track = await openMicrophone({ signal });
    opened.push(track);
    expect(track).toMatchObject({ kind: 'audio', readyState: 'live', enabled: true });
    const { echoCancellation, noiseSuppression, autoGainControl } = track.getConstraints();
    expect({ echoCancellation, noiseSuppression, autoGainControl }).toEqual({
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
    });
  });

  test('is the chosen one', async () => {
    const first = await openMicrophone({ signal });
    opened.push(first);
    const microphones = (await navigator.mediaDevices.enumerateDevices()).filter(
      ({ kind, deviceId }) => kind === 'audioinput' && !['default', 'communications'].includes(deviceId),
    );
    const chosen = microphones.at(-1)?.deviceId;
    const track = await openMicrophone({ signal, deviceId: chosen });
    opened.push(track);
    expect(chosen).toBeTruthy();
    expect(track.getSettings().deviceId).toBe(chosen);
  });

  test('is the system’s default when this browser finds the chosen one gone', async () => {
    const ask = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
    const track = await openMicrophone({ signal, deviceId: 'a-device-that-was-unplugged' });
    opened.push(track);
    expect(track.readyState).toBe('live');
    expect(ask).toHaveBeenCalledTimes(2);
  });

  test.each(['OverconstrainedError', 'NotFoundError', 'NotReadableError'])(
    'is the system’s default when the chosen one cannot be had: %s',
    async (name) => {
      const mediaDevices = devices(new DOMException('', name), stream());
      const track = await openMicrophone({ signal, deviceId: 'mic_2', mediaDevices });
      expect(track.readyState).toBe('live');
      expect(asked(mediaDevices)).toEqual([{ exact: 'mic_2' }, undefined]);
    },
  );

  test('is not asked for twice when the visitor refuses', async () => {
    const mediaDevices = devices(new DOMException('Permission denied', 'NotAllowedError'), stream());
    const opening = openMicrophone({ signal, deviceId: 'mic_2', mediaDevices });
    await expect(opening).rejects.toMatchObject({ code: 'microphone-denied' });
    expect(asked(mediaDevices)).toEqual([{ exact: 'mic_2' }]);
  });

  test('is not looked for a third time when the default cannot be had either', async () => {
    const mediaDevices = devices(
      new DOMException('', 'OverconstrainedError'),
      new DOMException('', 'NotFoundError'),
    );
    const opening = openMicrophone({ signal, deviceId: 'mic_2', mediaDevices });
    await expect(opening).rejects.toMatchObject({ code: 'microphone-not-found' });
    expect(asked(mediaDevices)).toHaveLength(2);
  });

  test('that has no sound at all is not one', async () => {
    const opening = openMicrophone({ signal, mediaDevices: devices(new MediaStream()) });
    await expect(opening).rejects.toMatchObject({ code: 'microphone-not-found' });
  });

  test('after the call was given up is closed at once, all of it', async () => {
    const controller = new AbortController();
    const granted = stream(2);
    const getUserMedia = (): Promise<MediaStream> => {
      controller.abort(new Error('given up'));
      return Promise.resolve(granted);
    };
    const opening = openMicrophone({ signal: controller.signal, mediaDevices: { getUserMedia } });
    await expect(opening).rejects.toThrow('given up');
    expect(granted.getTracks().map((track) => track.readyState)).toEqual(['ended', 'ended']);
  });

  test('is not asked for by a call that was given up before', async () => {
    const controller = new AbortController();
    controller.abort(new Error('given up'));
    const mediaDevices = devices(stream());
    await expect(openMicrophone({ signal: controller.signal, mediaDevices })).rejects.toThrow('given up');
    expect(asked(mediaDevices)).toEqual([]);
  });

  test('is not asked for once more by a call that was given up at the first refusal', async () => {
    const controller = new AbortController();
    const getUserMedia = vi.fn((): Promise<MediaStream> => {
      controller.abort(new Error('given up'));
      return Promise.reject(new DOMException('', 'OverconstrainedError'));
    });
    const opening = openMicrophone({
      signal: controller.signal,
      deviceId: 'mic_2',
      mediaDevices: { getUserMedia },
    });
    await expect(opening).rejects.toBeInstanceOf(Error);
    expect(getUserMedia).toHaveBeenCalledTimes(1);
  });
});

describe('a page on which no call can work', () => {
  test.for<[string, VoiceErrorCode, () => void]>([
    ['is insecure', 'insecure-context', () => void vi.stubGlobal('isSecureContext', false)],
    [
      'is in a frame that forbids it',
      'blocked-by-permissions-policy',
      () => {
        const { featurePolicy } = document as unknown as { featurePolicy: { allowsFeature: () => boolean } };
        vi.spyOn(featurePolicy, 'allowsFeature').mockReturnValue(false);
      },
    ],
    [
      'is in a browser without media devices',
      'in-app-browser',
      () =>
        void vi.spyOn(navigator, 'mediaDevices', 'get').mockReturnValue(undefined as unknown as MediaDevices),
    ],
  ])('because it %s, is told so without a prompt: %s', async ([, code, prepare], { skip }) => {
    const isPolicy = code === 'blocked-by-permissions-policy';
    skip(isPolicy && !('featurePolicy' in document), 'Only Chromium says what the policy allows');
    const isConstant = code === 'insecure-context' && server.browser === 'webkit';
    skip(isConstant, 'WebKit compiles `isSecureContext` to the constant that it was before');
    prepare();
    const mediaDevices = devices(stream());
    await expect(openMicrophone({ signal, mediaDevices })).rejects.toMatchObject({ code });
    expect(asked(mediaDevices)).toEqual([]);
  });
});

describe('a permission that is given later, in the browser’s settings', () => {
  class FakeStatus extends EventTarget {
    state: PermissionState = 'denied';
    change(state: PermissionState): void {
      this.state = state;
      this.dispatchEvent(new Event('change'));
    }
  }

  async function watch() {
    const status = new FakeStatus();
    vi.spyOn(navigator.permissions, 'query').mockResolvedValue(status as unknown as PermissionStatus);
    const controller = new AbortController();
    const onGranted = vi.fn();
    await watchMicrophonePermission(controller.signal, onGranted);
    return { status, controller, onGranted };
  }

  test('is noticed; other changes are not', async () => {
    const { status, onGranted } = await watch();
    status.change('prompt');
    expect(onGranted).not.toHaveBeenCalled();
    status.change('granted');
    expect(onGranted).toHaveBeenCalledTimes(1);
  });

  test('is not noticed any more once nobody waits for it', async () => {
    const { status, controller, onGranted } = await watch();
    controller.abort();
    status.change('granted');
    expect(onGranted).not.toHaveBeenCalled();
  });

  test('cannot be noticed where the browser does not tell, which is no error', async () => {
    stubPermission('unknown');
    const onGranted = vi.fn();
    await expect(watchMicrophonePermission(signal, onGranted)).resolves.toBeUndefined();
    expect(onGranted).not.toHaveBeenCalled();
  });
});
