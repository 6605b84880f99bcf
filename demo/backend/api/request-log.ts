export interface LoggedRequest {
  at: string;
  method: string;
  /** With its query; no header, no body and so no key is kept. */
  path: string;
  status: number;
  origin: string | null;
  idempotencyKey: string | null;
}

const mostRequests = 200;

/** The last requests to the widget API, for tests and testers. */
export class RequestLog {
  readonly #requests: LoggedRequest[] = [];

  add(request: Request, status: number): void {
    const { pathname, search } = new URL(request.url);
    this.#requests.push({
      at: new Date().toISOString(),
      method: request.method,
      path: pathname + search,
      status,
      origin: request.headers.get('origin'),
      idempotencyKey: request.headers.get('idempotency-key'),
    });
    if (this.#requests.length > mostRequests) this.#requests.shift();
  }

  list(): readonly LoggedRequest[] {
    return this.#requests;
  }

  clear(): void {
    this.#requests.length = 0;
  }
}
