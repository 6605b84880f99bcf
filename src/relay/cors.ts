/** What the widget's client sends, in a preflight's words. The last is accepted and goes no further. */
const REQUEST_HEADERS = ['content-type', 'idempotency-key', 'x-organization-id'];

/** The answer to a preflight from an allowed origin. */
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

/** Lets the page of an allowed origin read an answer, and nobody keep it. */
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
