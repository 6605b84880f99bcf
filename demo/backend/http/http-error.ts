export interface HttpErrorExtras {
  details?: Record<string, string[]>;
  code?: string;
  retryAfterSeconds?: number;
}

/** An answer that is not a success. Thrown anywhere below a route, turned into a response in one place. */
export class HttpError extends Error {
  override readonly name = 'HttpError';

  constructor(
    readonly status: number,
    /** Machine readable. */
    readonly error: string,
    message: string,
    readonly extras: HttpErrorExtras = {},
  ) {
    super(message);
  }

  toResponse(): Response {
    const { details, code, retryAfterSeconds } = this.extras;
    return Response.json(
      { error: this.error, message: this.message, ...(code && { code }), ...(details && { details }) },
      {
        status: this.status,
        headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
      },
    );
  }
}
