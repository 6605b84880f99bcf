import { isInAppBrowser } from './in-app-browser.js';
import { hasGetUserMedia, hasWebRtc, policyAllowsMicrophone } from './check-support.js';
import { microphonePermission } from './microphone-permission.js';

export type PreflightCheck =
  'secure-context' | 'permissions-policy' | 'browser' | 'webrtc' | 'permission' | 'microphone' | 'api';

export interface PreflightResult {
  check: PreflightCheck;
  ok: boolean;
  /** The finding in a few words, for testers. */
  detail: string;
}

export interface PreflightReport {
  /** No check has found anything that makes a call impossible, as far as can be known before the microphone is asked for. */
  ok: boolean;
  results: PreflightResult[];
}

/**
 * Checks everything that a call needs, without a prompt and without a call. `mayLook`: false before the visitor has agreed;
 * devices and the API are then not checked. Never rejects.
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

/** Whether any server answers at this address within 5 s. The answer itself does not matter, and needs no key. Never rejects. */
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
