import { HttpError } from '../http/http-error.js';

interface Window {
  startedAt: number;
  requests: number;
}

/** Requests per key in fixed windows. */
export class RateLimit {
  readonly #windows = new Map<string, Window>();

  constructor(
    private readonly windowMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Counts one request; throws 429 when it is one too many. */
  count(keyName: string, requestsPerWindow: number): void {
    const now = this.now();
    let window = this.#windows.get(keyName);
    if (!window || now - window.startedAt >= this.windowMs) {
      window = { startedAt: now, requests: 0 };
      this.#windows.set(keyName, window);
    }
    window.requests += 1;
    if (window.requests <= requestsPerWindow) return;
    const waitMs = window.startedAt + this.windowMs - now;
    throw new HttpError(429, 'rate_limited', 'Too many requests with this key. Please slow down.', {
      retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
    });
  }
}
