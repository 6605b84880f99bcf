import { afterEach, expect, test, vi } from 'vitest';
import { runPreflight, type PreflightCheck, type PreflightReport } from '../../src/voice/preflight.js';
import { mountWidget } from './mount-widget.js';

const BASE = 'https://api.test/v1';
const INSTAGRAM =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 331.0.0.29.90';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const reachable: typeof fetch = () => Promise.resolve(new Response(null, { status: 401 }));

const CHECKS: PreflightCheck[] = [
  'secure-context',
  'permissions-policy',
  'browser',
  'webrtc',
  'permission',
  'microphone',
  'api',
];

function failed({ results }: PreflightReport): PreflightCheck[] {
  return results.filter((result) => !result.ok).map((result) => result.check);
}

function detailOf({ results }: PreflightReport, check: PreflightCheck): string | undefined {
  return results.find((result) => result.check === check)?.detail;
}

test('where all is well it says so, check by check, and asks for nothing', async () => {
  const ask = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
  const report = await runPreflight(BASE, reachable);
  expect(report.ok).toBe(true);
  expect(report.results.map(({ check }) => check)).toEqual(CHECKS);
  expect(failed(report)).toEqual([]);
  for (const { detail } of report.results) expect(detail).not.toBe('');
  expect(detailOf(report, 'microphone')).toMatch(/^[1-9]\d* found$/);
  expect(detailOf(report, 'permission')).toBe('granted');
  expect(ask).not.toHaveBeenCalled();
});

test('the API is reached without a key, and without anything that CORS could refuse', async () => {
  const send = vi.fn<typeof fetch>(reachable);
  await runPreflight(BASE, send);
  expect(send).toHaveBeenCalledTimes(1);
  const [url, init] = send.mock.calls[0] ?? [];
  expect(url).toBe(BASE);
  expect(init).toMatchObject({ method: 'HEAD', mode: 'no-cors' });
  expect(init).not.toHaveProperty('headers');
  expect(init).not.toHaveProperty('body');
});

const CAUSES: [cause: string, check: PreflightCheck, detail: RegExp, prepare: () => void][] = [
  ['an insecure page', 'secure-context', /^http/, () => void vi.stubGlobal('isSecureContext', false)],
  [
    'a frame without allow="microphone"',
    'permissions-policy',
    /forbidden/,
    () => {
      const { featurePolicy } = document as unknown as { featurePolicy: { allowsFeature: () => boolean } };
      vi.spyOn(featurePolicy, 'allowsFeature').mockReturnValue(false);
    },
  ],
  [
    'a permission that was refused',
    'permission',
    /denied/,
    () => {
      const status = Object.assign(new EventTarget(), { state: 'denied' }) as PermissionStatus;
      vi.spyOn(navigator.permissions, 'query').mockResolvedValue(status);
    },
  ],
  [
    'a device without a microphone',
    'microphone',
    /^0 found$/,
    () => {
      const camera = { kind: 'videoinput', deviceId: 'cam', label: '', groupId: '' } as MediaDeviceInfo;
      vi.spyOn(navigator.mediaDevices, 'enumerateDevices').mockResolvedValue([camera]);
    },
  ],
];

test.for(CAUSES)('%s fails one check: %s', async ([, check, detail, prepare], { skip }) => {
  const isPolicy = check === 'permissions-policy';
  skip(isPolicy && !('featurePolicy' in document), 'Only Chromium says what the policy allows');
  prepare();
  const report = await runPreflight(BASE, reachable);
  expect(report.ok).toBe(false);
  expect(failed(report)).toEqual([check]);
  expect(detailOf(report, check)).toMatch(detail);
});

test('a browser without media devices has no browser for it, and an unknown number of microphones', async () => {
  vi.spyOn(navigator, 'mediaDevices', 'get').mockReturnValue(undefined as unknown as MediaDevices);
  const report = await runPreflight(BASE, reachable);
  expect(failed(report)).toEqual(['browser']);
  expect(detailOf(report, 'microphone')).toBe('unknown');
});

test('a browser without WebRTC is told', async () => {
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'RTCPeerConnection') as PropertyDescriptor;
  Reflect.deleteProperty(globalThis, 'RTCPeerConnection');
  try {
    const report = await runPreflight(BASE, reachable);
    expect(failed(report)).toEqual(['webrtc']);
    expect(detailOf(report, 'webrtc')).toBe('missing');
  } finally {
    Object.defineProperty(globalThis, 'RTCPeerConnection', descriptor);
  }
});

test.each<[string, Error, string]>([
  ['cannot be reached', new TypeError('Failed to fetch'), 'TypeError'],
  ['does not answer', new DOMException('timed out', 'TimeoutError'), 'TimeoutError'],
])('an API that %s', async (_what, error, detail) => {
  const report = await runPreflight(BASE, () => Promise.reject(error));
  expect(report.ok).toBe(false);
  expect(failed(report)).toEqual(['api']);
  expect(detailOf(report, 'api')).toBe(detail);
});

test('an API that hangs is given up', async () => {
  const timeout = vi.spyOn(AbortSignal, 'timeout');
  const controller = new AbortController();
  timeout.mockReturnValue(controller.signal);
  const hanging: typeof fetch = (_input, init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
    });
  const running = runPreflight(BASE, hanging);
  controller.abort(new DOMException('timed out', 'TimeoutError'));
  expect(detailOf(await running, 'api')).toBe('TimeoutError');
  expect(timeout).toHaveBeenCalledExactlyOnceWith(5_000);
});

test.each(['prompt', 'unknown'])('a permission that is open yet is no obstacle: %s', async (state) => {
  const query = vi.spyOn(navigator.permissions, 'query');
  if (state === 'unknown') query.mockRejectedValue(new TypeError('unknown name'));
  else query.mockResolvedValue(Object.assign(new EventTarget(), { state }) as PermissionStatus);
  const report = await runPreflight(BASE, reachable);
  expect(report.ok).toBe(true);
  expect(detailOf(report, 'permission')).toBe(state);
});

test('inside another app is told, but not held against a browser that can', async () => {
  vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(INSTAGRAM);
  const report = await runPreflight(BASE, reachable);
  expect(report.ok).toBe(true);
  expect(detailOf(report, 'browser')).toBe('inside another app');
});

test('the element runs it over its own API and fetch, without opening the panel', async () => {
  const send = vi.fn<typeof fetch>(reachable);
  const { element, details } = mountWidget({ baseUrl: 'https://other.test/api', fetch: send });
  const report = await element.runPreflight();
  expect(report?.ok).toBe(true);
  expect(send.mock.calls.map(([url]) => url)).toEqual(['https://other.test/api']);
  expect(element.open).toBe(false);
  expect(element.callState).toBe('idle');
  expect(details('osmtalk-call-start')).toEqual([]);
});

test('an element that is not connected has none', async () => {
  await expect(document.createElement('osmtalk-widget').runPreflight()).resolves.toBeNull();
});
