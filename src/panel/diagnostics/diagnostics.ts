import { toJson } from '../../wire/to-json.js';
import type { CallTrace } from '../../call/call-timeline.js';
import type { CallState, CallStatus } from '../../call/call-state.js';
import type { ThreadMessage } from '../../chat/thread-message.js';
import { microphonePermission } from '../../voice/microphone-permission.js';
import { VERSION } from '../../contract/version.js';
import type { WidgetConfig } from '../../contract/widget-config.js';
import type { Consent } from '../../visitor/consent.js';
import { redact } from '../../failures/describe-error.js';

/** An error that was reported to the site, without its text: a server may have put anything into that. */
export interface RecordedError {
  /** ISO 8601. */
  at: string;
  code: string;
}

/** What a report is made of. */
export interface DiagnosticsSource {
  config: WidgetConfig;
  calls: { readonly status: Pick<CallStatus, 'callState'>; readonly trace: CallTrace | null };
  consent: Pick<Consent, 'needed'>;
  messages: readonly ThreadMessage[];
  errors: readonly RecordedError[];
}

/**
 * What happened in this page's last call, and its surroundings, for people who look into a failure. Holds no key, token or
 * phone number, nothing that the visitor or the agent said, and nothing else that the site has set about the visitor.
 */
export interface Diagnostics {
  widgetVersion: string;
  /** ISO 8601. */
  takenAt: string;
  page: { origin: string; secure: boolean; embedded: boolean; visible: boolean; online: boolean };
  browser: { userAgent: string; languages: string[]; connection: string | null };
  settings: {
    agentId: string | null;
    agentVersion: number | null;
    baseUrl: string | null;
    hasKey: boolean;
    mode: string;
    layout: string;
    audience: string;
    persist: string;
    ownTransports: number;
  };
  /** `found` is `null` where the browser does not say, and before the visitor has agreed to the `consent-text`. */
  microphone: { permission: string; found: number | null };
  /** How many messages are in which state. */
  messages: Record<string, number>;
  callState: CallState;
  /** The current or the last call; `null` before the first one. */
  call: CallTrace | null;
  /** The newest ones last. */
  errors: RecordedError[];
}

export async function collectDiagnostics(source: DiagnosticsSource): Promise<Diagnostics> {
  const { config, calls, consent, messages, errors } = source;
  const diagnostics: Diagnostics = {
    widgetVersion: VERSION,
    takenAt: new Date().toISOString(),
    page: {
      origin: location.origin,
      secure: globalThis.isSecureContext,
      embedded: globalThis.self !== globalThis.top,
      visible: document.visibilityState === 'visible',
      online: navigator.onLine,
    },
    browser: {
      userAgent: navigator.userAgent,
      languages: [...navigator.languages],
      connection: connectionOf(navigator),
    },
    settings: settingsOf(config),
    microphone: {
      permission: await microphonePermission(),
      found: consent.needed(config) ? null : await countMicrophones(),
    },
    messages: countBy(messages.map(({ role, channel, status }) => `${role} ${channel} ${status}`)),
    callState: calls.status.callState,
    call: calls.trace,
    errors: [...errors],
  };
  // Redacted: a server may repeat in an id or a reason what it was sent.
  return JSON.parse(redact(toJson(diagnostics), [config.apiKey])) as Diagnostics;
}

/** Returns the report as text, to be pasted into a ticket: a summary first, then everything as JSON. */
export function formatDiagnostics(diagnostics: Diagnostics): string {
  const { widgetVersion, takenAt, page, browser, settings, call } = diagnostics;
  const lines = [
    `osmtalk-widget ${widgetVersion}, report of ${takenAt}`,
    `Page: ${page.origin}`,
    `Browser: ${browser.userAgent}`,
    `Agent: ${settings.agentId ?? 'none'}`,
    ...(call ? callLines(call) : ['Call: none']),
    '',
    toJson(diagnostics, 1),
  ];
  return lines.join('\n');
}

function callLines(call: CallTrace): string[] {
  const { callId, transport, endedBy, failure, record, timeline } = call;
  return [
    `Call: ${callId ?? 'no id'}, ${transport ?? 'no transport'}, started ${call.startedAt}`,
    `Outcome: ${failure ? `${failure.reason} (${failure.source})` : 'no failure'}, ended by ${endedBy ?? 'nobody yet'}`,
    ...(record ? [`Record: ${record.status} ${record.failureReason ?? ''}`.trimEnd()] : []),
    '',
    ...timeline.map(
      ({ atMs, event, detail }) => `${atMs} ms`.padStart(10) + `  ${event}${detail ? ` ${detail}` : ''}`,
    ),
  ];
}

function settingsOf(config: WidgetConfig): Diagnostics['settings'] {
  const { agentId, agentVersion, baseUrl, apiKey, mode, layout, audience, persist, transports } = config;
  return {
    agentId: agentId ?? null,
    agentVersion: agentVersion ?? null,
    baseUrl: withoutSecrets(baseUrl),
    hasKey: Boolean(apiKey),
    mode,
    layout,
    audience,
    persist,
    ownTransports: transports?.length ?? 0,
  };
}

/** A URL may hold a password before its host, and anything in its query. */
function withoutSecrets(url: string): string | null {
  try {
    const { origin, pathname } = new URL(url, location.href);
    return origin + pathname;
  } catch {
    return null;
  }
}

function connectionOf(browser: Navigator): string | null {
  const { connection } = browser as { connection?: { effectiveType?: string; rtt?: number } };
  return connection ? `${connection.effectiveType ?? 'unknown'}, ${connection.rtt ?? '?'} ms` : null;
}

async function countMicrophones(): Promise<number | null> {
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter(({ kind }) => kind === 'audioinput').length;
  } catch {
    return null;
  }
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
