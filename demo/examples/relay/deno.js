// deno run --allow-env --allow-net --unstable-no-legacy-abort deno.js
import { createRelay } from 'osmtalk-widget/relay';
import { relayOptions } from './relay-options.js';

const addresses = new WeakMap();
const relay = createRelay({
  ...relayOptions(Deno.env.toObject()),
  address: (request) => addresses.get(request),
});

Deno.serve(
  {
    port: Number(Deno.env.get('PORT')),
    onListen: ({ port }) => console.log(`The relay is on port ${port}`),
  },
  (request, { remoteAddr }) => {
    if (!new URL(request.url).pathname.startsWith('/osmtalk/')) return new Response(null, { status: 404 });
    addresses.set(request, remoteAddr.hostname);
    return relay(request);
  },
);
