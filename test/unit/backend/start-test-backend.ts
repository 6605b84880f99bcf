import { onTestFinished } from 'vitest';
import { type Backend, type BackendOptions, startBackend } from '../../../demo/backend/start-backend.js';
import type { Timings } from '../../../demo/backend/timings.js';

const fastTimings: Partial<Timings> = {
  ringMs: 20,
  outboundTalkMs: 20,
  slowChatMs: 20,
  chatPieceGapMs: 1,
  noSoundMs: 300,
  thinkingMs: 10,
  longestLineMs: 500,
  sweepMs: 200,
  // What a busy machine may take for an offer, a connection and an agent is no test's subject.
  joinWindowMs: 60_000,
  mediaWindowMs: 60_000,
  startWindowMs: 60_000,
  // A caller whose channel stays shut comes in anew after 12 s, and must find the call.
  callerGraceMs: 60_000,
};

/** A backend on a free port that goes with its test. */
export async function startTestBackend({ timings, ...options }: BackendOptions = {}): Promise<Backend> {
  const backend = await startBackend({
    env: {},
    ...options,
    port: 0,
    timings: { ...fastTimings, ...timings },
  });
  onTestFinished(() => backend.close());
  return backend;
}

export interface ApiCall {
  key?: string | null;
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** One request to the widget API, without a socket; a body makes it a POST. */
export function callApi(backend: Backend, path: string, options: ApiCall = {}): Promise<Response> {
  const { key = 'osm_demo', body, headers, signal } = options;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return backend.fetch(
    new Request(`${backend.url}/api/widget${path}`, {
      method: options.method ?? (body === undefined ? 'GET' : 'POST'),
      headers: { 'content-type': 'application/json', ...(key !== null && { 'x-api-key': key }), ...headers },
      ...(body !== undefined && { body: text }),
      ...(signal && { signal }),
    }),
  );
}

export function connectTo(backend: Backend, agentId: string, options: ApiCall = {}): Promise<Response> {
  return callApi(backend, `/agents/${agentId}/connect`, { body: {}, ...options });
}

export function chatWith(
  backend: Backend,
  agentId: string,
  body: Record<string, unknown>,
  options: ApiCall = {},
): Promise<Response> {
  return callApi(backend, `/agents/${agentId}/chat`, { body, ...options });
}
