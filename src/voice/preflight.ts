import { isInAppBrowser } from './in-app-browser.js';
import { hasGetUserMedia, hasWebRtc, policyAllowsMicrophone } from './check-support.js';
import { microphonePermission } from './microphone-permission.js';

export type PreflightCheck =
  'secure-context' | 'permissions-policy' | 'browser' | 'webrtc' | 'permission' | 'microphone' | 'api';

export interface PreflightResult {
  check: PreflightCheck;
  ok: boolean;
  /** What was found, in a few words; for testers. */
  detail: string;
}

export interface PreflightReport {
  /** Nothing stands in the way of a call that is known before asking for the microphone. */
  ok: boolean;
  results: PreflightResult[];
}

/**
 * Looks at everything that a call needs, without a prompt and without a call. `mayLook`: false before the visitor has agreed;
 * then neither devices nor the API are looked at.
 */
export async function runPreflight(
  baseUrl: string,
  send: typeof fetch,
  mayLook = true,
): Promise<PreflightReport> {
  const [permission, microphones, api] = await Promise.all([
    microphonePermission(),
    mayLook ? countMicrophones() : null,
    mayLook ? reach(baseUrl, send) : { ok: true, detail: 'not asked before the visitor agrees' },
  ]);
  const results: PreflightResult[] = [
    { check: 'secure-context', ok: globalThis.isSecureContext, detail: location.protocol },
    {
      check: 'permissions-policy',
      ok: policyAllowsMicrophone(),
      detail: policyAllowsMicrophone() ? 'allowed' : 'forbidden',
    },
    {
      check: 'browser',
      ok: hasGetUserMedia(),
      detail: isInAppBrowser(navigator.userAgent) ? 'inside another app' : 'ordinary',
    },
    {
      check: 'webrtc',
      ok: hasWebRtc(),
      detail: hasWebRtc() ? 'present' : 'missing',
    },
    { check: 'permission', ok: permission !== 'denied', detail: permission },
    {
      check: 'microphone',
      ok: microphones !== 0,
      detail: microphones === null ? 'unknown' : `${microphones} found`,
    },
    { check: 'api', ...api },
  ];
  return { ok: results.every((result) => result.ok), results };
}

async function countMicrophones(): Promise<number | null> {
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter((device) => device.kind === 'audioinput').length;
  } catch {
    return null;
  }
}

/** Whether anything answers there at all; what it says does not matter, and needs no key. */
export async function reach(baseUrl: string, send: typeof fetch): Promise<{ ok: boolean; detail: string }> {
  try {
    await send(baseUrl, {
      method: 'HEAD',
      mode: 'no-cors',
      cache: 'no-store',
      signal: AbortSignal.timeout(5_000),
    });
    return { ok: true, detail: 'reachable' };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.name : 'unreachable' };
  }
}
