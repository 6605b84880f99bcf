import type { CallTransport } from '../media/media-server.js';

export type Scope = 'chat' | 'voice';

export interface WidgetKey {
  scopes: readonly Scope[];
  /** Bare hosts; absent means any. */
  domains?: readonly string[];
  hasCredit: boolean;
  concurrentCalls: number;
  requestsPerWindow: number;
  /** What the calls of this key go by. */
  transport: CallTransport;
}

const open: WidgetKey = {
  scopes: ['chat', 'voice'],
  hasCredit: true,
  concurrentCalls: 50,
  requestsPerWindow: 1_000,
  transport: 'livekit',
};

/** Every key of the local backend. None is a secret. */
export const widgetKeys = {
  osm_demo: open,
  osm_webrtc: { ...open, transport: 'webrtc' },
  osm_small_webrtc: { ...open, transport: 'smallwebrtc' },
  osm_chat_only: { ...open, scopes: ['chat'] },
  osm_voice_only: { ...open, scopes: ['voice'] },
  osm_other_domain: { ...open, domains: ['example.com'] },
  osm_broke: { ...open, hasCredit: false },
  osm_limited: { ...open, concurrentCalls: 1, requestsPerWindow: 6 },
} satisfies Record<string, WidgetKey>;

export type WidgetKeyName = keyof typeof widgetKeys;
