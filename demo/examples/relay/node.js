import { createServer } from 'node:http';
import { createRelay } from 'osmtalk-widget/relay';
import { addressOf, nodeListener } from './node-listener.js';
import { relayOptions } from './relay-options.js';

const relay = nodeListener(createRelay({ ...relayOptions(process.env), address: addressOf }));

const server = createServer((incoming, outgoing) => {
  if (incoming.url.startsWith('/osmtalk/')) relay(incoming, outgoing);
  else outgoing.writeHead(404).end();
});
server.listen(process.env.PORT, () => console.log(`The relay is on port ${server.address().port}`));
