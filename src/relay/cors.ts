/** The headers that the widget's client sends, in lower case as in a preflight. The last one is accepted and not passed on. */
const REQUEST_HEADERS = ['content-type', 'idempotency-key', 'x-organization-id'];

/** Returns the answer to a preflight from an allowed origin. */
export function preflight(origin: string, pageHeaders: readonly string[]): Response {
  return forPage(
    new Response(null, {
      status: 204,
      headers: {
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': [...REQUEST_HEADERS, ...pageHeaders].join(', '),
        'access-control-max-age': '600',
      },
    }),
    origin,
  );
}

/** Lets the page of an allowed origin read an answer, and no cache keep it. */
export function forPage(response: Response, origin: string | null): Response {
  const { headers } = response;
  headers.set('vary', 'Origin');
  headers.set('x-content-type-options', 'nosniff');
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  if (origin !== null) {
    headers.set('access-control-allow-origin', origin);
    headers.set('access-control-expose-headers', 'Retry-After');
  }
  return response;
}
