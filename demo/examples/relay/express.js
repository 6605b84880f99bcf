import express from 'express';
import { createRelay } from 'osmtalk-widget/relay';
import { addressOf, nodeListener } from './node-listener.js';
import { relayOptions } from './relay-options.js';

const app = express();
// Before any body parser: the relay reads the body itself, and no further than its limit. Of a parser that comes first, the
// listener takes what it has read.
app.use('/osmtalk', nodeListener(createRelay({ ...relayOptions(process.env), address: addressOf })));

const server = app.listen(process.env.PORT, (error) => {
  if (error) throw error;
  console.log(`The relay is on port ${server.address().port}`);
});
