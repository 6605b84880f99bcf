import { z } from 'zod';

const routes = {
  connect: ['POST', /^\/api\/widget\/agents\/[^/]+\/connect$/],
  chat: ['POST', /^\/api\/widget\/agents\/[^/]+\/chat$/],
  outbound: ['POST', /^\/api\/widget\/calls\/outbound$/],
  record: ['GET', /^\/api\/widget\/calls\/[^/]+$/],
} satisfies Record<string, [method: string, path: RegExp]>;

/** What can go wrong between a page and the API, besides the API's own refusals. */
const httpFaultNames = [
  ...(['400', '401', '402', '403', '404', '408', '429', '500', '502', '503'] as const),
  // The request is taken, and nothing is ever answered.
  'hang',
  // The socket breaks before the first byte of the answer.
  'drop',
  // The request is carried out, and the socket breaks before the first byte of its answer.
  'cut',
  // The request is carried out, and the socket breaks in the middle of its answer.
  'reset',
  // A page of some proxy in the place of the answer.
  'html',
  // The request is carried out; its answer, as JSON, is cut off, has no field of the right type, or has 10 MB.
  ...(['truncated', 'wrong-types', 'huge'] as const),
] as const;

export type HttpFaultName = (typeof httpFaultNames)[number];
export type FaultyRoute = keyof typeof routes;

export const plannedFault = z.object({
  route: z.enum(Object.keys(routes) as [FaultyRoute, ...FaultyRoute[]]),
  fault: z.enum(httpFaultNames),
  /** So many requests fail, the ones after them do not. Without it all of them do. */
  times: z.number().int().positive().optional(),
  /** Before the fault shows. */
  delayMs: z.number().min(0).max(60_000).default(0),
  /** Sent along with a status, as `Retry-After`. */
  retryAfterSeconds: z.number().min(0).optional(),
});

export type PlannedFault = z.infer<typeof plannedFault>;

/** Routes of the widget API that fail on purpose, whoever the agent is. */
export class HttpFaults {
  readonly #planned = new Map<FaultyRoute, PlannedFault>();

  /** In the place of what was planned for this route before. */
  plan(fault: PlannedFault): void {
    this.#planned.set(fault.route, fault);
  }

  clear(): void {
    this.#planned.clear();
  }

  /** The fault of this request, which counts as one of its `times`. */
  take(request: Request): PlannedFault | undefined {
    const { pathname } = new URL(request.url);
    for (const [route, fault] of this.#planned) {
      const [method, path] = routes[route];
      if (method !== request.method || !path.test(pathname)) continue;
      if (fault.times === undefined) return fault;
      if (fault.times > 1) this.#planned.set(route, { ...fault, times: fault.times - 1 });
      else this.#planned.delete(route);
      return fault;
    }
    return undefined;
  }
}
