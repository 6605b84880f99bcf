/** As much of Express as the tests use; it comes without types. */
declare module 'express' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

  type Handler = (incoming: IncomingMessage, outgoing: ServerResponse, next: () => void) => void;
  interface App extends RequestListener {
    use(handler: Handler): App;
    use(path: string, handler: RequestListener): App;
    post(path: string, handler: Handler): App;
  }
  interface Express {
    (): App;
    json(): Handler;
    text(options: { type: string }): Handler;
    raw(options: { type: string }): Handler;
  }
  const express: Express;
  export default express;
}

/** The shipped examples, which are JavaScript. */
declare module '*/examples/relay/relay-options.js' {
  import type { RelayOptions } from '../../../src/relay.js';

  export function relayOptions(env: Record<string, string | undefined>): RelayOptions;
}

declare module '*/examples/relay/node-listener.js' {
  import type { RequestListener } from 'node:http';

  export const addressOf: (request: Request) => string | undefined;
  export function nodeListener(handler: (request: Request) => Promise<Response>): RequestListener;
}
