import type { RequestLog } from '../api/request-log.js';
import { parseJson, parseWith } from '../api/schemas.js';
import type { LiveCall } from '../calls/live-call.js';
import type { LiveCalls } from '../calls/live-calls.js';
import { type HttpFaults, plannedFault } from '../http-faults/http-faults.js';
import { preflightResponse, withCors } from '../http/cors.js';
import { HttpError } from '../http/http-error.js';
import type { FetchHandler } from '../http/node-listener.js';
import { readBody } from '../http/read-body.js';
import { scenarios } from '../scenarios/scenarios.js';

interface DemoRoute {
  method: 'GET' | 'POST' | 'DELETE';
  path: RegExp;
  handle(request: Request, callId: string): unknown;
}

export interface DemoServices {
  liveCalls: LiveCalls;
  requestLog: RequestLog;
  httpFaults: HttpFaults;
}

const longestCutMs = 60_000;

/**
 * Hooks for testers and end-to-end tests. They exist on the local backend only; no osmTalk server has them.
 *
 * GET  /api/demo/scenarios                      every agent of this backend, as the table has it
 * GET  /api/demo/requests                       the last requests to the widget API: method, path, status; no keys
 * POST /api/demo/requests/clear                 empties that list
 * POST /api/demo/faults {"route", "fault", …}   a route fails from now on: see `http-faults/http-faults.ts`
 * DELETE /api/demo/faults                       no route fails on purpose any more
 * GET  /api/demo/calls/:id                      what was measured in a call
 * POST /api/demo/calls/:id/drop-websocket       the signalling connection breaks
 * POST /api/demo/calls/:id/hang-up              the platform ends the call
 * POST /api/demo/calls/:id/restart-session     the media server asks the caller to join anew
 * POST /api/demo/calls/:id/cut-media {"ms": …}  no sound either way, and no sign of life, for a while
 * POST /api/demo/calls/:id/change-network      the addresses that the caller has used so far are dead for good
 * POST /api/demo/calls/:id/renegotiate         a SmallWebRTC bot asks for another offer
 */
export function createDemoApi({ liveCalls, requestLog, httpFaults }: DemoServices): FetchHandler {
  function requireCall(callId: string): LiveCall {
    const call = liveCalls.get(callId);
    if (!call) throw new HttpError(404, 'call_not_found', 'There is no voice call of this id.');
    return call;
  }

  const routes: readonly DemoRoute[] = [
    { method: 'GET', path: /^\/api\/demo\/scenarios$/, handle: () => scenarios },
    { method: 'GET', path: /^\/api\/demo\/requests$/, handle: () => ({ data: requestLog.list() }) },
    { method: 'POST', path: /^\/api\/demo\/requests\/clear$/, handle: () => (requestLog.clear(), {}) },
    {
      method: 'POST',
      path: /^\/api\/demo\/faults$/,
      handle: async (request) => {
        httpFaults.plan(parseWith(plannedFault, parseJson(await readBody(request))));
        return {};
      },
    },
    { method: 'DELETE', path: /^\/api\/demo\/faults$/, handle: () => (httpFaults.clear(), {}) },
    {
      method: 'GET',
      path: /^\/api\/demo\/calls\/([^/]+)$/,
      handle: (_request, callId) => describe(requireCall(callId), liveCalls),
    },
    {
      method: 'POST',
      path: /^\/api\/demo\/calls\/([^/]+)\/drop-websocket$/,
      handle: (_request, callId) => dropSocket(requireCall(callId)),
    },
    {
      method: 'POST',
      path: /^\/api\/demo\/calls\/([^/]+)\/restart-session$/,
      handle: (_request, callId) => restartSession(requireCall(callId)),
    },
    {
      method: 'POST',
      path: /^\/api\/demo\/calls\/([^/]+)\/(change-network|renegotiate)$/,
      handle: (request, callId) => disturb(requireCall(callId), request.url),
    },
    {
      method: 'POST',
      path: /^\/api\/demo\/calls\/([^/]+)\/hang-up$/,
      handle: (_request, callId) => (requireCall(callId).end('operator'), {}),
    },
    {
      method: 'POST',
      path: /^\/api\/demo\/calls\/([^/]+)\/cut-media$/,
      handle: async (request, callId) => {
        const { ms } = JSON.parse(await readBody(request)) as { ms?: unknown };
        if (typeof ms !== 'number' || !(ms > 0))
          throw new HttpError(400, 'validation_failed', 'ms is missing.');
        requireFaults(requireCall(callId)).cutMedia(Math.min(ms, longestCutMs));
        return {};
      },
    },
  ];

  return async (request) => {
    if (request.method === 'OPTIONS') return preflightResponse();
    const { pathname } = new URL(request.url);
    const route = routes.find(({ method, path }) => method === request.method && path.test(pathname));
    try {
      if (!route) throw new HttpError(404, 'not_found', 'There is no such test hook.');
      const callId = route.path.exec(pathname)?.[1] ?? '';
      return withCors(Response.json(await route.handle(request, callId)));
    } catch (error) {
      if (error instanceof HttpError) return withCors(error.toResponse());
      return withCors(new HttpError(400, 'bad_request', 'The request cannot be read.').toResponse());
    }
  };
}

function requireFaults(call: LiveCall): NonNullable<LiveCall['faults']> {
  if (call.faults) return call.faults;
  throw new HttpError(
    501,
    'not_embedded',
    'A LiveKit server carries this call: it cannot be disturbed from here.',
  );
}

function dropSocket(call: LiveCall): object {
  const faults = requireFaults(call);
  if (!faults.dropSocket) throw new HttpError(501, 'no_websocket', 'This call has no signalling connection.');
  faults.dropSocket();
  return {};
}

function disturb(call: LiveCall, url: string): object {
  const faults = requireFaults(call);
  if (url.endsWith('/renegotiate') && faults.askToRenegotiate) faults.askToRenegotiate();
  else if (url.endsWith('/change-network') && faults.changeNetwork) faults.changeNetwork();
  else throw new HttpError(501, 'not_here', 'No call of this kind knows that.');
  return {};
}

function restartSession(call: LiveCall): object {
  const faults = requireFaults(call);
  if (!faults.restartSession)
    throw new HttpError(501, 'no_websocket', 'This call has no session to join anew.');
  faults.restartSession();
  return {};
}

function describe(call: LiveCall, liveCalls: LiveCalls): object {
  const { record, facts, callerPacketsPerSecond, ended } = call;
  return {
    callId: record.id,
    agentId: record.agentId,
    status: record.status,
    failureReason: record.failureReason,
    ended,
    facts,
    callerPacketsPerSecond: ended ? 0 : callerPacketsPerSecond,
    liveCalls: liveCalls.count(),
  };
}
