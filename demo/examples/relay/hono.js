import { serve } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono } from 'hono';
import { createRelay } from 'osmtalk-widget/relay';
import { relayOptions } from './relay-options.js';

const addresses = new WeakMap();
const relay = createRelay({
  ...relayOptions(process.env),
  address: (request) => addresses.get(request),
});

const app = new Hono();
app.all('/osmtalk/*', (context) => {
  const request = context.req.raw;
  addresses.set(request, getConnInfo(context).remote.address);
  return relay(request);
});

serve({ fetch: app.fetch, port: Number(process.env.PORT) }, ({ port }) =>
  console.log(`The relay is on port ${port}`),
);
