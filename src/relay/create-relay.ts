import { IdempotencyCache } from './idempotency-cache.js';
import { AuditTrail } from './audit-trail.js';
import { forPage, preflight } from './cors.js';
import { Origins } from './origins.js';
import { RateLimit } from './rate-limit.js';
import { RelayError, toRelayError } from './relay-error.js';
import { readOptions } from './read-options.js';
import type { RelayOptions } from './relay-options.js';
import { RelayedRequest, type RelayServices } from './relayed-request.js';
import { routesAt, type Route } from './routes.js';
import { SharedAnswers } from './shared-answers.js';
import { SignedIds } from './signed-ids.js';

/**
 * Returns a request handler for the site's own server, which holds the key of the platform: the page's `base-url` points at
 * the handler, and no key is in the page. It answers the widget's paths under any prefix, or under `basePath` alone:
 *
 * - `POST /api/widget/agents/:id/connect`, `POST /api/widget/agents/:id/chat`, `POST /api/widget/calls/outbound`
 * - `GET /api/widget/calls/:id`, for a call that this visitor started
 * - `GET /api/widget/features`: `{features: ['voice', 'chat', 'callback']}`, the offered features; with `phoneNumberIdOptional: true`
 *   where a callback needs no `phoneNumberId`
 * - `POST /api/widget/reports`: the report of a failed call, with the `onReport` option
 *
 * Everything else, and every origin that is not listed, gets a 4xx and never reaches the upstream. Uses no API of Node and no
 * DOM: runs in Node, Deno, Bun and Workers. The handler never rejects. Throws a `TypeError` for options that make no sense.
 */
export function createRelay(options: RelayOptions): (request: Request) => Promise<Response> {
  const settings = readOptions(options);
  const origins = new Origins(options.origins);
  const shared = options.answers && new SharedAnswers(options.answers, settings.timeoutMs);
  const services: RelayServices = {
    settings,
    ids: new SignedIds(options.secret, options.upstream.name),
    rateLimit: new RateLimit(options.rateLimit, settings.timeoutMs),
    answers: shared ?? new IdempotencyCache(),
    paidAnswers: shared ?? new IdempotencyCache(undefined, 'refuse'),
  };

  return async (request) => {
    const trail = new AuditTrail(options.upstream.name, options.audit);
    const origin = origins.find(request);
    const readableBy = origin || null;
    try {
      const routes = routesAt(request.url, settings.basePath);
      trail.entry.origin = readableBy;
      if (origin === false || (origin === null && !mayLackOrigin(request, options)))
        throw new RelayError('origin_not_allowed');
      if (request.method === 'OPTIONS' && routes.length > 0 && origin !== null) {
        trail.end(204);
        return preflight(origin, settings.pageHeaders);
      }
      const route = routes.find(({ method }) => method === request.method);
      if (!route) throw new RelayError('not_found');
      return forPage(await answer(request, route, trail), readableBy);
    } catch (error) {
      const refusal = toRelayError(error);
      trail.end(refusal.status, refusal);
      return forPage(refusal.toResponse(), readableBy);
    }
  };

  function answer(request: Request, route: Route, trail: AuditTrail): Promise<Response> {
    return new RelayedRequest(request, route, trail, services).answer();
  }
}

/**
 * Whether a request without an origin may pass. Only the site's `authorize` can tell whether a request that no page has sent is
 * welcome; a request of another site's page is not.
 */
function mayLackOrigin(request: Request, { authorize }: RelayOptions): boolean {
  const isOfOtherSite = /^(cross|same)-site$/.test(request.headers.get('sec-fetch-site') ?? '');
  return authorize !== undefined && request.method !== 'OPTIONS' && !isOfOtherSite;
}
