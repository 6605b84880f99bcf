interface CorsHeaders {
  /** What a page may send. */
  allowHeaders: string;
  /** What a page may read. */
  exposeHeaders: string;
}

const widgetApi: CorsHeaders = {
  allowHeaders: 'content-type, x-api-key, idempotency-key, x-organization-id',
  exposeHeaders: 'retry-after',
};

/**
 * The widget sends no cookies, so that any origin may call; which origins a key serves is the key's business, and which ones are
 * answered at all that of `openTo`.
 */
export function withCors(response: Response, { exposeHeaders } = widgetApi): Response {
  // No answer at all has no headers either.
  if (response.type === 'error') return response;
  const headers = new Headers(response.headers);
  headers.set('access-control-allow-origin', '*');
  headers.set('access-control-expose-headers', exposeHeaders);
  return new Response(response.body, {
    status: response.status,
    statusText: response.statusText,
    headers,
  });
}

export function preflightResponse(cors = widgetApi): Response {
  return withCors(
    new Response(null, {
      status: 204,
      headers: {
        'access-control-allow-methods': 'GET, POST, PATCH, DELETE, OPTIONS',
        'access-control-allow-headers': cors.allowHeaders,
        'access-control-max-age': '600',
      },
    }),
    cors,
  );
}
