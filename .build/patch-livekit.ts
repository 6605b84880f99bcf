import type { Plugin } from 'rolldown';

/**
 * Removes webrtc-adapter from livekit-client. It overwrites the WebRTC classes of the whole page, for browsers far below the
 * floor (see `.ci/floor.ts`): a widget must not do that to a page that is not its own. It is also 7 KB of the chunk for
 * LiveKit.
 */
export function patchLivekit(): Plugin {
  return {
    name: 'patch-livekit',
    transform: (code, id) => (/[\\/]livekit-client\.esm\.mjs$/.test(id) ? patch(code) : null),
  };
}

export function patch(code: string): string {
  const call = /^adapterFactory\(\{\s*window: [^}]*\}\);/m;
  if (!call.test(code)) throw new Error('livekit-client is written otherwise: see .build/patch-livekit.ts');
  return code.replace(call, '');
}
