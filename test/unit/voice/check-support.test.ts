import { afterEach, expect, it, vi } from 'vitest';
import {
  checkSupport,
  hasGetUserMedia,
  hasWebRtc,
  policyAllowsMicrophone,
} from '../../../src/voice/check-support.js';
import { VoiceError } from '../../../src/voice/voice-error.js';

afterEach(() => void vi.unstubAllGlobals());

const working = {
  isSecureContext: true as boolean | undefined,
  document: {} as object,
  navigator: { mediaDevices: { getUserMedia: () => undefined } } as object,
  RTCPeerConnection: class {} as unknown,
};

/** A page in which all works but this. `without` takes a name away altogether. */
function stubPage(broken: Partial<typeof working> = {}, without?: keyof typeof working): void {
  for (const [name, value] of Object.entries({ ...working, ...broken })) {
    if (name !== without) vi.stubGlobal(name, value);
  }
}

const policy = (allowed: boolean): object => ({
  featurePolicy: { allowsFeature: (name: string) => name !== 'microphone' || allowed },
});

it('a page in which all works has none', () => {
  stubPage();
  expect(checkSupport()).toBeNull();
});

it.each<[string, () => void, string]>([
  ['an insecure page', () => stubPage({ isSecureContext: false }), 'insecure-context'],
  ['a browser that does not know what is secure', () => stubPage({}, 'isSecureContext'), 'insecure-context'],
  [
    'a frame without allow="microphone"',
    () => stubPage({ document: policy(false) }),
    'blocked-by-permissions-policy',
  ],
  ['a browser without media devices', () => stubPage({ navigator: {} }), 'in-app-browser'],
  [
    'a browser with empty media devices',
    () => stubPage({ navigator: { mediaDevices: {} } }),
    'in-app-browser',
  ],
  [
    'a browser whose media devices are null',
    () => stubPage({ navigator: { mediaDevices: null } }),
    'in-app-browser',
  ],
  ['a browser without WebRTC', () => stubPage({}, 'RTCPeerConnection'), 'unsupported-transport'],
  [
    'a browser without either',
    () => stubPage({ navigator: { mediaDevices: undefined } }, 'RTCPeerConnection'),
    'unsupported-transport',
  ],
  ...[
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 331.0.0.29.90',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
    'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36',
  ].map((userAgent): [string, () => void, string] => [
    `the view of an app without WebRTC: ${userAgent}`,
    () => stubPage({ navigator: { userAgent } }, 'RTCPeerConnection'),
    'in-app-browser',
  ]),
])('%s is named', (_what, stub, code) => {
  stub();
  const impediment = checkSupport();
  expect(impediment).toBeInstanceOf(VoiceError);
  expect(impediment?.code).toBe(code);
  expect(impediment?.message).not.toBe('');
});

it('the worst one is named, and it alone', () => {
  stubPage({ isSecureContext: false, document: policy(false), navigator: {} }, 'RTCPeerConnection');
  expect(checkSupport()?.code).toBe('insecure-context');
  vi.unstubAllGlobals();
  stubPage({ document: policy(false), navigator: {} }, 'RTCPeerConnection');
  expect(checkSupport()?.code).toBe('blocked-by-permissions-policy');
});

it.each([
  ['forbids', policy(false), false],
  ['allows', policy(true), true],
  ['does not say whether it allows', {}, true],
] as const)('a policy that %s the microphone', (_what, document, allowed) => {
  stubPage({ document });
  expect(policyAllowsMicrophone()).toBe(allowed);
});

it('what is missing is found out for itself too', () => {
  stubPage();
  expect([hasGetUserMedia(), hasWebRtc()]).toEqual([true, true]);
  vi.unstubAllGlobals();
  stubPage({ navigator: {} }, 'RTCPeerConnection');
  expect([hasGetUserMedia(), hasWebRtc()]).toEqual([false, false]);
});
