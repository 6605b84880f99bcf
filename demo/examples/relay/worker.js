import { createRelay } from 'osmtalk-widget/relay';
import { relayOptions } from './relay-options.js';

let relay;

export default {
  async fetch(request, env) {
    if (!new URL(request.url).pathname.startsWith('/osmtalk/')) return new Response(null, { status: 404 });
    relay ??= createRelay({
      ...relayOptions(env),
      // Cloudflare sets it; a visitor cannot.
      address: ({ headers }) => headers.get('cf-connecting-ip') ?? undefined,
    });
    return relay(request);
  },
};
