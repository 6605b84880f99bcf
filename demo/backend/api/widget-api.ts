import { answerWithFault } from '../http-faults/answer-with-fault.js';
import type { HttpFaults } from '../http-faults/http-faults.js';
import { preflightResponse, withCors } from '../http/cors.js';
import { HttpError } from '../http/http-error.js';
import type { FetchHandler } from '../http/node-listener.js';
import { readBody } from '../http/read-body.js';
import { checkAccess, checkScope } from './access.js';
import { chat, connect, listAgents, startOutbound } from './agent-routes.js';
import type { ApiHandler, ApiServices } from './api-context.js';
import { getCall, getDashboard, listCalls, listPhoneNumbers } from './call-routes.js';
import { IdempotencyStore } from './idempotency.js';
import { RateLimit } from './rate-limit.js';
import type { RequestLog } from './request-log.js';
import { parseJson } from './schemas.js';
import type { Scope } from './widget-keys.js';

interface Route {
  method: 'GET' | 'POST';
  path: RegExp;
  /** The scope a key needs; without one, any good key will do. */
  scope?: Scope;
  handle: ApiHandler;
}

const routes: readonly Route[] = [
  { method: 'POST', path: /^\/api\/widget\/agents\/([^/]+)\/connect$/, scope: 'voice', handle: connect },
  { method: 'POST', path: /^\/api\/widget\/agents\/([^/]+)\/chat$/, scope: 'chat', handle: chat },
  { method: 'POST', path: /^\/api\/widget\/calls\/outbound$/, scope: 'voice', handle: startOutbound },
  { method: 'GET', path: /^\/api\/widget\/agents$/, handle: listAgents },
  { method: 'GET', path: /^\/api\/widget\/phone-numbers$/, handle: listPhoneNumbers },
  { method: 'GET', path: /^\/api\/widget\/calls$/, handle: listCalls },
  { method: 'GET', path: /^\/api\/widget\/calls\/([^/]+)$/, handle: getCall },
  { method: 'GET', path: /^\/api\/widget\/dashboard$/, handle: getDashboard },
];

export interface WidgetApiOptions extends ApiServices {
  requestLog: RequestLog;
  httpFaults: HttpFaults;
  /** Aborts what still hangs when the backend closes. */
  closing: AbortSignal;
}

/** The whole widget API of osmTalk, as a function from request to response. */
export function createWidgetApi({
  requestLog,
  httpFaults,
  closing,
  ...services
}: WidgetApiOptions): FetchHandler {
  const idempotency = new IdempotencyStore();
  const rateLimit = new RateLimit(services.timings.rateWindowMs);

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const access = checkAccess(request);
    rateLimit.count(access.keyName, access.key.requestsPerWindow);
    const { route, id } = findRoute(request.method, url.pathname);
    if (route.scope) checkScope(access, route.scope);
    const text = await readBody(request);
    const signal = AbortSignal.any([request.signal, closing]);
    const run = async (): Promise<Response> =>
      route.handle({ ...services, request, url, id, body: parseJson(text), access, signal });
    const key = request.method === 'POST' ? request.headers.get('idempotency-key') : null;
    return key === null ? run() : idempotency.run(`${access.keyName} ${url.pathname} ${key}`, text, run);
  }

  async function answerOrFail(request: Request): Promise<Response> {
    const planned = httpFaults.take(request);
    if (!planned) return answer(request);
    const signal = AbortSignal.any([request.signal, closing]);
    return answerWithFault(planned, { request, answer, signal });
  }

  return async (request) => {
    if (request.method === 'OPTIONS') return preflightResponse();
    const response = withCors(await answerOrFail(request).catch(toErrorResponse));
    requestLog.add(request, response.status);
    return response;
  };
}

function findRoute(method: string, pathname: string): { route: Route; id: string } {
  const atPath = routes.filter((route) => route.path.test(pathname));
  const route = atPath.find((candidate) => candidate.method === method);
  if (route) return { route, id: decodeId(route.path.exec(pathname)?.[1] ?? '') };
  if (atPath.length > 0) throw new HttpError(405, 'method_not_allowed', `${method} is not for this path.`);
  throw new HttpError(404, 'not_found', 'There is no such path.');
}

function decodeId(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new HttpError(404, 'not_found', 'The id in the path is not well formed.');
  }
}

function toErrorResponse(error: unknown): Response {
  if (error instanceof HttpError) return error.toResponse();
  const wasAborted = error instanceof Error && error.name === 'AbortError';
  if (!wasAborted) console.error('widget API', error);
  return new HttpError(500, 'internal_error', 'Something went wrong in the local backend.').toResponse();
}
