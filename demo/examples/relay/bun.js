import { createRelay } from 'osmtalk-widget/relay';
import { relayOptions } from './relay-options.js';

const addresses = new WeakMap();
const relay = createRelay({
  ...relayOptions(process.env),
  address: (request) => addresses.get(request),
});

const server = Bun.serve({
  port: process.env.PORT,
  // Seconds. Longer than the relay's own `timeoutMs`: Bun would cut a reply that pauses for 10 s.
  idleTimeout: 60,
  async fetch(request) {
    if (!new URL(request.url).pathname.startsWith('/osmtalk/')) return new Response(null, { status: 404 });
    addresses.set(request, server.requestIP(request)?.address);
    const response = await relay(request);
    // Bun would wait for the rest of a body that was refused.
    if (!response.ok) response.headers.set('connection', 'close');
    return response;
  },
});
console.log(`The relay is on port ${server.port}`);
